import { type Cell, cellText, type Inline, MARK_SIGNS, plainText, type TableLine, unicodeNumber } from '../table-document.ts'
import { columnTitles } from './column-titles.ts'
import type { TableFormat } from './table-format.ts'

/** A table for GitHub. Markdown knows no underline and no spanning headings: `<u>` and joined headings stand for them. */
export const markdownFormat: TableFormat = {
  id: 'markdown',
  title: 'Markdown (GitHub)',
  extension: 'md',
  contentType: 'text/markdown; charset=utf-8',
  write: ({ document }) => {
    const { columns, lines, caption, footnotes } = document
    const rules = columns.map(({ align }) => (align === 'left' ? ':---' : align === 'right' ? '---:' : ':---:'))
    return `${[
      `**Table.** ${text(caption)}`,
      '',
      row(columnTitles(document).map(escaped)),
      row(rules),
      ...lines.flatMap((line) => lineText(line, columns.length)),
      ...footnotes.flatMap((footnote) => ['', text(footnote)]),
    ].join('\n')}\n`
  },
}

function lineText(line: TableLine, width: number): string[] {
  if (line.kind === 'rule') return []
  if (line.kind === 'group') return [row([`*${escaped(line.title)}*`, ...Array<string>(width - 1).fill('')])]
  return [row(line.cells.map(cellMarkdown))]
}

function cellMarkdown(cell: Cell): string {
  if (cell.kind === 'measure') {
    const rest = escaped(cellText({ ...cell, value: '', marks: [] }))
    return `${styled(unicodeNumber(cell.value), cell)}${rest}${cell.marks.map((mark) => escaped(MARK_SIGNS[mark])).join('')}`
  }
  return cell.kind === 'text' ? styled(text(cell.content), cell) : escaped(cellText(cell))
}

function styled(content: string, { bold, underline }: Cell): string {
  const strong = bold ? `**${content}**` : content
  return underline ? `<u>${strong}</u>` : strong
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`
}

function text(content: readonly Inline[]): string {
  return escaped(plainText(content))
}

function escaped(raw: string): string {
  return raw
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|~#$]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replace(/^([-+]|\d+[.)])(?= )/, '\\$1')
}
