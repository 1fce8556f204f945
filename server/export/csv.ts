import { csvTextCell } from '../../core/csv-cell.ts'
import type { ExportFormat, ExportSource } from './export-format.ts'
import { numberText } from './number-text.ts'

const ROWS_PER_CHUNK = 1024

async function* write(source: ExportSource): AsyncGenerator<string> {
  const { run } = source
  yield 'run_id,run,metric,step,wall_ms,value,superseded\r\n'
  const start = `${csvTextCell(run.id)},${csvTextCell(run.name)},`
  for await (const { summary, batches } of source.series) {
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

/** One row per point. The column `superseded` is 1 for points a later attempt or a repeated step replaced; they are in only when asked for. */
export const csvFormat: ExportFormat = {
  id: 'csv',
  extension: 'csv',
  contentType: 'text/csv; charset=utf-8',
  title: 'one row per point: run, metric, step, wall time, value (points only)',
  write,
}
