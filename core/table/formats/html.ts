import { type Cell, type Inline, MARK_SIGNS, type TableDocument, type TableLine, unicodeNumber } from '../table-document.ts'
import type { TableFormat } from './table-format.ts'

export const htmlFormat: TableFormat = {
  id: 'html',
  title: 'HTML table',
  extension: 'html',
  contentType: 'text/html; charset=utf-8',
  write: ({ document }) => `${htmlTable(document, {})}\n`,
}

/** For the clipboard: word processors keep inline styles and nothing else. */
export const STYLED = {
  table: 'border-collapse:collapse;border-top:1.5pt solid;border-bottom:1.5pt solid',
  head: 'border-bottom:0.75pt solid',
  cell: 'padding:2pt 6pt',
  shaded: 'background:#ebebeb',
} as const

type Styles = Partial<Record<keyof typeof STYLED, string>>

/** `<table>` with caption, scopes and semantic marks; with `styles`, those inline. */
export function htmlTable({ columns, spanners, lines, caption, footnotes }: TableDocument, styles: Styles): string {
  const cellStyle = (align: string, more = '') => style([`text-align:${align}`, styles.cell, more])
  const out = [`<table${style([styles.table])}>`, `<caption>${inline(caption)}</caption>`, `<thead${style([styles.head])}>`]
  if (spanners.length > 0) {
    out.push('<tr>')
    for (let at = 0; at < columns.length; ) {
      const spanner = spanners.find(({ first }) => first === at)
      const width = spanner?.columns ?? 1
      out.push(
        spanner ? `<th scope="colgroup" colspan="${width}"${cellStyle('center')}>${inline(spanner.header)}</th>` : `<td${cellStyle('left')}></td>`,
      )
      at += width
    }
    out.push('</tr>')
  }
  out.push('<tr>', ...columns.map(({ header, align }) => `<th scope="col"${cellStyle(align)}>${inline(header)}</th>`), '</tr>', '</thead>', '<tbody>')
  for (const line of lines) out.push(...bodyLine(line, columns, cellStyle, styles))
  out.push('</tbody>')
  if (footnotes.length > 0)
    out.push(`<tfoot><tr><td colspan="${columns.length}"${cellStyle('left')}><small>${footnotes.map(inline).join('<br>')}</small></td></tr></tfoot>`)
  out.push('</table>')
  return out.join('\n')
}

type CellStyle = (align: string, more?: string) => string

function bodyLine(line: TableLine, columns: TableDocument['columns'], cellStyle: CellStyle, styles: Styles): string[] {
  if (line.kind === 'rule') return []
  if (line.kind === 'group')
    return [`<tr><th scope="rowgroup" colspan="${columns.length}"${cellStyle('left')}><i>${escaped(line.title)}</i></th></tr>`]
  return [
    `<tr${line.shaded ? style([styles.shaded ?? STYLED.shaded]) : ''}>`,
    ...line.cells.map((cell, at) => {
      const tag = at === 0 && columns[0]?.id === 'variant' ? 'th scope="row"' : 'td'
      const weight = tag === 'td' ? '' : 'font-weight:normal'
      return `<${tag}${cellStyle(columns[at]?.align ?? 'left', weight)}${title(cell)}>${cellHtml(cell)}</${tag.split(' ')[0]}>`
    }),
    '</tr>',
  ]
}

function cellHtml(cell: Cell): string {
  if (cell.kind === 'text') return styled(inline(cell.content), cell)
  if (cell.kind === 'check') return cell.on ? '✓' : ''
  if (cell.kind === 'missing') return '–'
  const marks = cell.marks.length > 0 ? `<sup>${cell.marks.map((mark) => MARK_SIGNS[mark]).join('')}</sup>` : ''
  const value = styled(unicodeNumber(cell.value), cell)
  if (cell.kind === 'number') return `${cell.less ? '&lt;' : ''}${value}${marks}`
  const spread = cell.spread === null ? '' : ` ± ${escaped(cell.spread)}`
  const interval = cell.interval === null ? '' : ` [${cell.interval.map(unicodeNumber).join(', ')}]`
  return `${value}${spread}${interval}${marks}`
}

function title(cell: Cell): string {
  return cell.kind === 'missing' ? ` title="${escaped(cell.why)}"` : ''
}

function styled(content: string, { bold, underline }: Cell): string {
  const strong = bold ? `<strong>${content}</strong>` : content
  return underline ? `<u>${strong}</u>` : strong
}

function inline(content: readonly Inline[]): string {
  return content.map((part) => ('text' in part ? escaped(part.text) : `<var>${part.math}</var>`)).join('')
}

function style(rules: (string | undefined)[]): string {
  const text = rules.filter(Boolean).join(';')
  return text ? ` style="${text}"` : ''
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
