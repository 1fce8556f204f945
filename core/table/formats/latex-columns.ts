import type { Cell, Column, TableDocument } from '../table-document.ts'
import { latexCell, latexInterval, latexMarks, latexNumber } from './latex-cells.ts'

/** A column of the table as one or two columns of `tabular`. */
export interface LatexColumn {
  /** Column specification: `r`, or `S[table-format=2.2]@{\,\(\pm\)\,}S[table-format=1.2]`. */
  specification: string
  /** 1, or 2 for a value and its spread. */
  width: 1 | 2
  cell(cell: Cell, shaded: boolean): string
}

/** Core LaTeX: l, c and r. */
export function plainColumns({ columns, lines }: TableDocument, unicode: boolean): LatexColumn[] {
  return columns.map((column, at) =>
    plainColumn(
      column,
      lines.flatMap((line) => (line.kind === 'row' ? (line.cells[at] ?? []) : [])),
      unicode,
    ),
  )
}

/**
 * siunitx S columns. A value and its spread get a column each, joined by ±: one column for both leaves an uneven gap in siunitx 3.2.0
 * and loses bold digits. Option names are those of version 2, which version 3 still takes.
 */
export function siunitxColumns({ columns, lines }: TableDocument, unicode: boolean): LatexColumn[] {
  const rows = lines.flatMap((line) => (line.kind === 'row' ? [line.cells] : []))
  return columns.map((column, at) => {
    const cells = rows.flatMap((row) => row[at] ?? [])
    const hasSpread = cells.some((cell) => cell.kind === 'measure' && cell.spread !== null)
    const numeric = cells.some((cell) => cell.kind === 'measure' || cell.kind === 'number')
    const intervals = cells.some((cell) => cell.kind === 'measure' && cell.interval !== null)
    if (!numeric || intervals) return plainColumn(column, cells, unicode)
    return hasSpread ? measureColumns(cells, unicode) : numberColumn(cells, unicode)
  })
}

function plainColumn({ align }: Column, cells: Cell[], unicode: boolean): LatexColumn {
  const spread = cells.flatMap((cell) => (cell.kind === 'measure' ? (cell.spread ?? []) : [])).reduce((a, b) => (b.length > a.length ? b : a), '')
  return {
    specification: align[0] as string,
    width: 1,
    cell: (cell) => {
      // A value without a spread stands under the other values, not under their spreads.
      const gap = cell.kind === 'measure' && cell.spread === null && cell.interval === null && spread !== ''
      return `${latexCell(cell, unicode)}${gap ? `\\phantom{ $\\pm$ ${spread}}` : ''}`
    },
  }
}

function numberColumn(cells: Cell[], unicode: boolean): LatexColumn {
  const values = cells.flatMap((cell) => ((cell.kind === 'number' && !cell.less) || cell.kind === 'measure' ? [cell.value] : []))
  const marks = cells.map((cell) => ('marks' in cell ? latexMarks(cell.marks) : '')).reduce((a, b) => (b.length > a.length ? b : a), '')
  const options = [`table-format=${tableFormat(values)}`, 'detect-weight=true']
  if (values.some((value) => value.startsWith('+'))) options.push('retain-explicit-plus')
  if (marks) options.push(`table-space-text-post={${marks}}`)
  return {
    specification: `S[${options.join(',')}]`,
    width: 1,
    cell: (cell) => {
      if (cell.kind !== 'number' && cell.kind !== 'measure') return `{${latexCell(cell, unicode)}}`
      if (!isPlain(cell.value) || cell.underline || (cell.kind === 'number' && cell.less)) return `{${latexCell(cell, unicode)}}`
      return `${cell.bold ? '\\bfseries ' : ''}${cell.value}${cell.marks.length > 0 ? `{${latexMarks(cell.marks)}}` : ''}`
    },
  }
}

function measureColumns(cells: Cell[], unicode: boolean): LatexColumn {
  const measures = cells.flatMap((cell) => (cell.kind === 'measure' ? [cell] : []))
  const spreads = measures.flatMap((cell) => cell.spread ?? [])
  const value = `S[table-format=${tableFormat(measures.map((cell) => cell.value))},detect-weight=true]`
  return {
    specification: `${value}@{\\,\\(\\pm\\)\\,}S[table-format=${tableFormat(spreads)}]`,
    width: 2,
    cell: (cell, shaded) => {
      // The colour of a shaded row would cover the ± between the two columns.
      if (shaded || cell.kind !== 'measure' || cell.spread === null || !isPlain(cell.value) || !isPlain(cell.spread))
        return `\\multicolumn{2}{c}{${latexCell(cell, unicode)}}`
      const number = cell.underline ? `{${latexNumber(cell.value, cell)}}` : `${cell.bold ? '\\bfseries ' : ''}${cell.value}`
      return `${number} & ${cell.spread}${cell.marks.length > 0 ? `{${latexMarks(cell.marks)}}` : ''}${latexInterval(cell.interval)}`
    },
  }
}

function isPlain(value: string): boolean {
  return /^[-+]?\d+(\.\d+)?$/.test(value)
}

/** siunitx `table-format`: digits before and after the point, with a sign when there is one. */
function tableFormat(values: readonly string[]): string {
  const plain = values.filter(isPlain)
  const whole = Math.max(1, ...plain.map((value) => value.replace(/^[-+]/, '').split('.')[0]?.length ?? 1))
  const decimals = Math.max(0, ...plain.map((value) => value.split('.')[1]?.length ?? 0))
  return `${plain.some((value) => /^[-+]/.test(value)) ? '+' : ''}${whole}${decimals > 0 ? `.${decimals}` : ''}`
}
