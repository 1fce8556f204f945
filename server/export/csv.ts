import type { ExportFormat, ExportSource } from './export-format.ts'
import { numberText } from './number-text.ts'

const ROWS_PER_CHUNK = 1024

/**
 * A text cell. A spreadsheet runs cells that begin with = + - @ (or a tab or return before them) as formulas, so those get an
 * apostrophe in front, as OWASP advises. Numbers are never changed: they are written by `numberText`.
 */
export function csvText(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

async function* write(source: ExportSource): AsyncGenerator<string> {
  const { run } = source
  yield 'run_id,run,metric,step,wall_ms,value,superseded\r\n'
  const start = `${csvText(run.id)},${csvText(run.name)},`
  for await (const { summary, batches } of source.series) {
    const head = `${start}${csvText(summary.name)},`
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
