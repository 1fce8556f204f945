import type { ChartTable } from './chart-kind.ts'

/** A text that a spreadsheet would take for a formula gets a leading apostrophe; quotes, commas and line breaks are quoted (RFC 4180). */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const guarded = /^[=+\-@\t\r]/.test(value) && !/^-?(Infinity|\d)/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded
}

/** CSV with numbers in full precision; comment lines start with `#`. */
export function csvText(table: ChartTable): string {
  const lines = [...table.comments.map((comment) => `# ${comment.replace(/[\r\n]+/g, ' ')}`), table.header.join(',')]
  for (const row of table.rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\n')}\n`
}
