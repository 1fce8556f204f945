import type { ExportFormat, ExportSource } from './export-format.ts'
import { numberJson } from './number-text.ts'

const ROWS_PER_CHUNK = 1024

async function* write(source: ExportSource): AsyncGenerator<string> {
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
  for await (const { attempt, name, kind, step, wall, payload, blobHash } of source.records) {
    yield `${JSON.stringify({ type: 'record', attempt, name, kind, step, wall, payload, blob: blobHash })}\n`
  }
}

/** One JSON value per line: the run with its config, then its points, then its records (histograms, text, console; blobs by hash). */
export const jsonlFormat: ExportFormat = {
  id: 'jsonl',
  extension: 'jsonl',
  contentType: 'application/x-ndjson; charset=utf-8',
  title: 'one JSON object per line: the run, its points, its records',
  write,
}
