import { cellText, plainText, type TableDocument, unicodeNumber } from '../table-document.ts'
import type { TableFormat } from './table-format.ts'
import { textWidth, wrapText } from './text-width.ts'

const SIZE = 13
const SMALL = 11
const ROW = 21
const PADDING = 9
const LEAST_WIDTH = 340

/** A picture of the table in booktabs style: black on white, with caption and footnotes. */
export const svgFormat: TableFormat = {
  id: 'svg',
  title: 'SVG picture',
  extension: 'svg',
  contentType: 'image/svg+xml; charset=utf-8',
  write: ({ document }) => draw(document),
}

type Align = 'left' | 'center' | 'right'

function draw(document: TableDocument): string {
  const { columns, spanners, lines, caption, footnotes } = document
  const widths = columnWidths(document)
  const table = widths.reduce((sum, width) => sum + width, 0)
  const width = Math.max(table, LEAST_WIDTH)
  const out: string[] = []
  let y = 4
  const edge = (at: number) => widths.slice(0, at).reduce((sum, one) => sum + one, 0)
  const rule = (weight: number, from = 0, to = table) =>
    out.push(`<line x1="${n(from)}" x2="${n(to)}" y1="${n(y)}" y2="${n(y)}" stroke="#000" stroke-width="${weight}"/>`)
  /** `markup`: escaped already. */
  const put = (markup: string, from: number, to: number, align: Align, style = '') => {
    const x = align === 'left' ? from + PADDING : align === 'right' ? to - PADDING : (from + to) / 2
    const anchor = align === 'left' ? 'start' : align === 'right' ? 'end' : 'middle'
    out.push(`<text x="${n(x)}" y="${n(y + 15)}" text-anchor="${anchor}"${style}>${markup}</text>`)
  }
  const paragraph = (text: string, size: number) => {
    for (const line of wrapText(text, width - 2 * PADDING, size)) {
      out.push(`<text x="${PADDING}" y="${n(y + size)}" font-size="${size}">${escaped(line)}</text>`)
      y += size * 1.35
    }
  }

  paragraph(plainText(caption), SIZE)
  y += 5
  rule(1.5)
  if (spanners.length > 0) {
    for (const { header, first, columns: count } of spanners) put(escaped(plainText(header)), edge(first), edge(first + count), 'center')
    y += ROW
    for (const { first, columns: count } of spanners) rule(0.6, edge(first) + 4, edge(first + count) - 4)
  }
  columns.forEach(({ header, align }, at) => {
    put(escaped(plainText(header)), edge(at), edge(at + 1), align, header.some((part) => 'math' in part) ? ' font-style="italic"' : '')
  })
  y += ROW
  rule(0.9)
  lines.forEach((line, index) => {
    if (line.kind === 'rule') rule(0.9)
    else if (line.kind === 'group') {
      if (index > 0) rule(0.9)
      put(escaped(line.title), 0, table, 'left', ' font-style="italic"')
      y += ROW
    } else {
      if (line.shaded) out.push(`<rect x="0" y="${n(y)}" width="${n(table)}" height="${ROW}" fill="#ebebeb"/>`)
      line.cells.forEach((cell, at) => {
        const style = `${cell.bold ? ' font-weight="bold"' : ''}${cell.underline ? ' text-decoration="underline"' : ''}`
        // Marks of the best are at the value; its spread stays plain.
        const value = cell.kind === 'measure' && style ? unicodeNumber(cell.value) : null
        const rest = cellText(cell).slice(value?.length ?? 0)
        const text = value === null ? escaped(rest) : `<tspan${style}>${escaped(value)}</tspan>${escaped(rest)}`
        put(text, edge(at), edge(at + 1), columns[at]?.align ?? 'left', value === null ? style : '')
      })
      y += ROW
    }
  })
  rule(1.5)
  y += 6
  for (const footnote of footnotes) paragraph(plainText(footnote), SMALL)
  const height = Math.ceil(y + 4)
  const total = Math.ceil(width)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="${height}" viewBox="0 0 ${total} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="${SIZE}" fill="#000">
<rect width="100%" height="100%" fill="#fff"/>
${out.join('\n')}
</svg>
`
}

function columnWidths({ columns, spanners, lines }: TableDocument): number[] {
  const widths = columns.map(({ header }, at) =>
    Math.max(
      textWidth(plainText(header), SIZE),
      ...lines.map((line) => (line.kind === 'row' && line.cells[at] ? textWidth(cellText(line.cells[at]), SIZE, line.cells[at].bold === true) : 0)),
    ),
  )
  const padded = widths.map((width) => width + 2 * PADDING)
  for (const { header, first, columns: count } of spanners) {
    const under = padded.slice(first, first + count).reduce((sum, width) => sum + width, 0)
    const missing = textWidth(plainText(header), SIZE) + 2 * PADDING - under
    if (missing > 0) for (let at = first; at < first + count; at++) padded[at] = (padded[at] as number) + missing / count
  }
  return padded
}

/** Two decimals: the same bytes everywhere. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
