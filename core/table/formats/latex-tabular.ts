import type { TableDocument } from '../table-document.ts'
import { latexInline } from './latex-cells.ts'
import { type LatexColumn, plainColumns, siunitxColumns } from './latex-columns.ts'
import type { FormatOptions } from './table-format.ts'

/** The `tabular` environment: booktabs rules, spanning headings, blocks of rows. */
export function latexTabular(document: TableDocument, { siunitx, unicode }: FormatOptions): string {
  const columns = siunitx ? siunitxColumns(document, unicode) : plainColumns(document, unicode)
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const out = [`\\begin{tabular}{${specification(columns)}}`, '\\toprule', ...headings(document, columns, unicode), '\\midrule']
  document.lines.forEach((line, index) => {
    const first = index === 0
    if (line.kind === 'rule') out.push('\\midrule')
    else if (line.kind === 'group') {
      if (!first) out.push('\\midrule')
      out.push(`\\multicolumn{${width}}{l}{\\textit{${latexInline([{ text: line.title }], unicode)}}} \\\\`)
    } else {
      const cells = line.cells.map((cell, at) => columns[at]?.cell(cell, line.shaded) ?? '')
      out.push(`${line.shaded ? '\\rowcolor[gray]{0.92} ' : ''}${row(cells)}`)
    }
  })
  out.push('\\bottomrule', '\\end{tabular}')
  return out.join('\n')
}

function specification(columns: LatexColumn[]): string {
  return columns.map((column) => column.specification).join('')
}

function headings({ columns, spanners }: TableDocument, latex: LatexColumn[], unicode: boolean): string[] {
  const out: string[] = []
  const start = (at: number) => latex.slice(0, at).reduce((sum, column) => sum + column.width, 0)
  if (spanners.length > 0) {
    const cells: string[] = []
    const rules: string[] = []
    for (let at = 0; at < columns.length; ) {
      const spanner = spanners.find(({ first }) => first === at)
      const end = at + (spanner?.columns ?? 1)
      const width = start(end) - start(at)
      if (spanner) {
        cells.push(`\\multicolumn{${width}}{c}{${latexInline(spanner.header, unicode)}}`)
        rules.push(`\\cmidrule(lr){${start(at) + 1}-${start(end)}}`)
      } else cells.push(' &'.repeat(width - 1).trim())
      at = end
    }
    out.push(row(cells), rules.join(' '))
  }
  out.push(
    row(
      columns.map(({ header, align }, at) => {
        const text = latexInline(header, unicode)
        const column = latex[at] as LatexColumn
        if (column.width === 2) return `\\multicolumn{2}{c}{${text}}`
        return column.specification.startsWith('S') ? `{${text}}` : align === 'right' ? `\\multicolumn{1}{c}{${text}}` : text
      }),
    ),
  )
  return out
}

/** A first cell that begins with [ or * would be read as an argument of the line break before it. */
function row(cells: string[]): string {
  const text = cells.join(' & ').trimEnd()
  return `${/^[[*]/.test(text) ? '{}' : ''}${text} \\\\`
}
