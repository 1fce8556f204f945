import { csvTextCell } from '../../core/csv-cell.ts'
import type { ExportFormat, ExportSource } from './export-format.ts'
import { numberText } from './number-text.ts'

const ROWS_PER_CHUNK = 1024

async function* write(runs: AsyncIterable<ExportSource>): AsyncGenerator<string> {
  yield 'run_id,run,metric,step,wall_ms,value,superseded\r\n'
  for await (const { run, series } of runs) {
    const start = `${csvTextCell(run.id)},${csvTextCell(run.name)},`
    for await (const { summary, batches } of series) {
      const head = `${start}${csvTextCell(summary.name)},`
      for await (const { step, wall, value, superseded } of batches) {
        for (let from = 0; from < step.length; from += ROWS_PER_CHUNK) {
          let text = ''
          const to = Math.min(step.length, from + ROWS_PER_CHUNK)
          for (let i = from; i < to; i++) {
            text += `${head}${numberText(step[i] as number)},${numberText(wall[i] as number)},${numberText(value[i] as number)},${superseded?.[i] ? 1 : 0}\r\n`
          }
          yield text
        }
      }
    }
  }
}

/** One row per point. The column `superseded` is 1 for points a later attempt or a repeated step replaced; they are in only when asked for. */
export const csvFormat: ExportFormat = {
  id: 'csv',
  contentType: 'text/csv; charset=utf-8',
  joinsRuns: true,
  fileName: (name) => `${name}.csv`,
  write,
}
