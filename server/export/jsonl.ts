import type { StoredRecord } from '../../db/store.ts'
import type { ExportFormat, ExportSource } from './export-format.ts'
import { numberJson } from './number-text.ts'

const ROWS_PER_CHUNK = 1024

async function* write(runs: AsyncIterable<ExportSource>): AsyncGenerator<string> {
  for await (const source of runs) {
    const { run, all, leftOut } = source
    yield `${JSON.stringify({ type: 'run', superseded_points: all ? 'marked' : 'left out', superseded_left_out: leftOut, run })}\n`
    for await (const { summary, batches } of source.series) {
      const head = `{"type":"point","metric":${JSON.stringify(summary.name)},"step":`
      for await (const { step, wall, value, superseded } of batches) {
        for (let from = 0; from < step.length; from += ROWS_PER_CHUNK) {
          let text = ''
          const to = Math.min(step.length, from + ROWS_PER_CHUNK)
          for (let i = from; i < to; i++) {
            const mark = superseded?.[i] ? ',"superseded":true' : ''
            text += `${head}${numberJson(step[i] as number)},"wall":${numberJson(wall[i] as number)},"value":${numberJson(value[i] as number)}${mark}}\n`
          }
          yield text
        }
      }
    }
    for await (const record of source.records) yield* recordLines(source, record)
  }
}

/** The bytes of a record come before it, so that whoever reads the file has them by then. */
async function* recordLines(source: ExportSource, { attempt, name, kind, step, wall, payload, blobHash }: StoredRecord): AsyncGenerator<string> {
  const bytes = source.blobs && blobHash !== null ? await source.blob(blobHash) : null
  if (bytes) yield `${JSON.stringify({ type: 'blob', hash: blobHash, base64: Buffer.from(bytes).toString('base64') })}\n`
  yield `${JSON.stringify({ type: 'record', attempt, name, kind, step, wall, payload, blob: blobHash })}\n`
}

/** One JSON value per line: the run with its config, then its points, then its records (histograms, text, console; blobs by hash, or in base64). */
export const jsonlFormat: ExportFormat = {
  id: 'jsonl',
  contentType: 'application/x-ndjson; charset=utf-8',
  joinsRuns: true,
  fileName: (name) => `${name}.jsonl`,
  write,
}
