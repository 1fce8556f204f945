import { csvQuoted, csvTextCell } from '../../core/csv-cell.ts'
import type { ChartTable } from './chart-kind.ts'

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  // Some rows hold numbers as text already.
  return /^-?(Infinity|\d)/.test(value) ? csvQuoted(value) : csvTextCell(value)
}

/** CSV with numbers in full precision; comment lines start with `#`. */
export function csvText(table: ChartTable): string {
  const lines = [...table.comments.map((comment) => `# ${comment.replace(/[\r\n]+/g, ' ')}`), table.header.map(cell).join(',')]
  for (const row of table.rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\n')}\n`
}
