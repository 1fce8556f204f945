import { columnTitles } from '../../../core/table/formats/column-titles.ts'
import { type Cell, cellText, plainText, type TableDocument } from '../../../core/table/table-document.ts'
import { textTable } from '../../text-table.ts'

/**
 * A table of a study for the terminal: its figures, the best with a star, and below them what one must know to read them.
 * The second best is not marked: build the document with `underlineSecond: false`.
 */
export function terminalTable(document: TableDocument): string {
  const rows = document.lines.flatMap((line) => (line.kind === 'row' ? [line.cells] : []))
  const titles = columnTitles(document).map((title, at) => (isComparison(document, at) ? plainText(document.columns[at]?.header ?? []) : title))
  const columns = document.columns.map(({ align }, at) => ({
    title: titles[at] ?? '',
    align: align === 'left' ? ('left' as const) : ('right' as const),
    text: (cells: Cell[]) => {
      const cell = cells[at]
      return cell ? `${cellText(cell)}${'bold' in cell && cell.bold ? ' *' : align === 'right' && hasBest(rows, at) ? '  ' : ''}` : ''
    },
  }))
  const notes = [document.caption, ...document.footnotes].map(plainText)
  return [textTable(columns, rows), '', ...notes.map((note) => wrapped(note.replaceAll(/\bBold: best\b/g, '*: best')))].join('\n')
}

/** A difference or p, under the heading of its metric: too wide to repeat it. */
function isComparison({ spanners }: TableDocument, at: number): boolean {
  return spanners.some(({ first, columns }) => at > first && at < first + columns)
}

function hasBest(rows: readonly Cell[][], at: number): boolean {
  return rows.some((cells) => cells[at]?.bold)
}

const WIDTH = 120

function wrapped(text: string): string {
  return text.replaceAll(new RegExp(`(.{1,${WIDTH}})(?:\\s+|$)`, 'g'), '$1\n').trimEnd()
}
