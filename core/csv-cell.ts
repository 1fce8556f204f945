/**
 * A text cell of a CSV file (RFC 4180). A spreadsheet runs cells that begin with = + - @ (or a tab or return before them) as formulas,
 * so those get an apostrophe in front, as OWASP advises; so does text that looks as if it had got one, which makes it possible to take it off
 * again. Numbers must not come here: they are written as they are.
 */
export function csvTextCell(text: string): string {
  return csvQuoted(/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text)
}

/** The text of such a cell, once its quotes are off. */
export function fromCsvTextCell(cell: string): string {
  return /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

/** The cell in quotes where commas, quotes or line breaks need them. */
export function csvQuoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
