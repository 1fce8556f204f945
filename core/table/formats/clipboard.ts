import { cellText, type TableDocument } from '../table-document.ts'
import { columnTitles } from './column-titles.ts'
import { htmlTable, STYLED } from './html.ts'
import type { TableFormat } from './table-format.ts'

/** Tabs and line breaks end cells and rows: neither may be in one. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** Tab-separated text, for spreadsheets and as the plain half of the clipboard. */
export const tsvFormat: TableFormat = {
  id: 'tsv',
  title: 'Tab-separated text',
  extension: 'tsv',
  contentType: 'text/tab-separated-values; charset=utf-8',
  write: ({ document }) => tsvText(document),
}

export function tsvText(document: TableDocument): string {
  const rows = document.lines.flatMap((line) =>
    line.kind === 'row' ? [line.cells.map((cell) => flat(cellText(cell)))] : line.kind === 'group' ? [[flat(line.title)]] : [],
  )
  return `${[columnTitles(document).map(flat), ...rows].map((row) => row.join('\t')).join('\n')}\n`
}

/** Both halves of one clipboard item, for Word, Google Docs and Excel. */
export function clipboardTable(document: TableDocument): { html: string; plain: string } {
  return { html: htmlTable(document, STYLED), plain: tsvText(document) }
}
