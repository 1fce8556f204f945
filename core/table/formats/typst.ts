import { type Cell, type CellStyle, type Inline, MARK_SIGNS, type TableDocument, type TableLine, unicodeNumber } from '../table-document.ts'
import type { TableFormat } from './table-format.ts'

/** A figure with a table in booktabs style; needs no package. */
export const typstFormat: TableFormat = {
  id: 'typst',
  title: 'Typst figure',
  extension: 'typ',
  contentType: 'text/plain; charset=utf-8',
  write: ({ document }) => {
    const { columns, caption, footnotes, label, comments } = document
    const notes = footnotes.length > 0 ? [`  #v(2pt)`, `  #align(left, text(0.8em)[${footnotes.map(inline).join(' \\ ')}])`] : []
    return `${[
      ...comments.map((comment) => `// ${comment.replace(/\s+/g, ' ')}`),
      '#figure(',
      '  kind: table,',
      `  caption: figure.caption(position: top)[${inline(caption)}],`,
      '[',
      '  #table(',
      `    columns: ${columns.length},`,
      `    align: (${columns.map(({ align }) => align).join(', ')},),`,
      '    stroke: none,',
      '    table.hline(stroke: 0.08em),',
      ...header(document),
      '    table.hline(stroke: 0.05em),',
      ...document.lines.flatMap((line, index) => bodyLine(line, columns.length, index === 0)),
      '    table.hline(stroke: 0.08em),',
      '  )',
      ...notes,
      ']',
      `) <${label.replace(/[^A-Za-z0-9:._-]+/g, '-')}>`,
    ].join('\n')}\n`
  },
}

function header({ columns, spanners }: TableDocument): string[] {
  const titles = columns.map(({ header, align }) => (align === 'right' ? `table.cell(align: center)[${inline(header)}]` : `[${inline(header)}]`))
  if (spanners.length === 0) return [`    table.header(${titles.join(', ')}),`]
  const over: string[] = []
  const rules: string[] = []
  for (let at = 0; at < columns.length; ) {
    const spanner = spanners.find(({ first }) => first === at)
    const width = spanner?.columns ?? 1
    over.push(spanner ? `table.cell(colspan: ${width}, align: center)[${inline(spanner.header)}]` : '[]')
    if (spanner) rules.push(`table.hline(start: ${at}, end: ${at + width}, stroke: 0.03em)`)
    at += width
  }
  return [`    table.header(${[...over, ...rules, ...titles].join(', ')}),`]
}

function bodyLine(line: TableLine, width: number, first: boolean): string[] {
  if (line.kind === 'rule') return ['    table.hline(stroke: 0.05em),']
  if (line.kind === 'group')
    return [...(first ? [] : ['    table.hline(stroke: 0.05em),']), `    table.cell(colspan: ${width}, align: left)[#emph[${string(line.title)}]],`]
  const cells = line.cells.map((cell) => (line.shaded ? `table.cell(fill: luma(235))[${typstCell(cell)}]` : `[${typstCell(cell)}]`))
  return [`    ${cells.join(', ')},`]
}

function typstCell(cell: Cell): string {
  if (cell.kind === 'text') return styled(inline(cell.content), cell)
  if (cell.kind === 'check') return cell.on ? '✓' : ''
  if (cell.kind === 'missing') return '–'
  const marks = cell.marks.length > 0 ? `#super[${cell.marks.map((mark) => string(MARK_SIGNS[mark])).join('')}]` : ''
  const value = styled(string(unicodeNumber(cell.value)), cell)
  if (cell.kind === 'number') return `${cell.less ? string('<') : ''}${value}${marks}`
  const spread = cell.spread === null ? '' : string(` ± ${cell.spread}`)
  const interval = cell.interval === null ? '' : string(` [${cell.interval.map(unicodeNumber).join(', ')}]`)
  return `${value}${spread}${interval}${marks}`
}

function styled(content: string, { bold, underline }: CellStyle): string {
  const strong = bold ? `#strong[${content}]` : content
  return underline ? `#underline[${strong}]` : strong
}

function inline(content: readonly Inline[]): string {
  return content.map((part) => ('text' in part ? string(part.text) : `$${part.math}$`)).join('')
}

/** Plain words as they are, anything that Typst could read as markup as a string. */
function string(text: string): string {
  const flat = text.replace(/\s+/g, ' ')
  if (/^[\p{L}\p{N}][\p{L}\p{N} ,.%()±×↑↓–−]*$/u.test(flat) && !/^\d+\.|\.\.|--/.test(flat)) return flat
  if (/^ ?[±][\p{N} .]+$/u.test(flat) || /^−?\p{N}+(\.\p{N}+)?$/u.test(flat)) return flat
  return `#"${flat.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
