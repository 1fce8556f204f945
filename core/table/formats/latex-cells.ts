import type { Cell, CellStyle, Inline, Mark } from '../table-document.ts'
import { latexText } from './latex-text.ts'

const MARKS: Record<Mark, string> = { dagger: '\\dagger', 'double-dagger': '\\ddagger', star: '\\ast' }

/** A line of text and signs; every piece from people is escaped. */
export function latexInline(content: readonly Inline[], unicode: boolean): string {
  return content.map((part) => ('text' in part ? latexText(part.text, { unicode }).latex : `$${part.math}$`)).join('')
}

/** Raised marks after a number: `$^{\dagger}$`. */
export function latexMarks(marks: readonly Mark[]): string {
  return marks.length === 0 ? '' : `$^{${marks.map((mark) => MARKS[mark]).join('')}}$`
}

/** A decimal: negative and signed ones in mathematics, for a minus instead of a hyphen. */
export function latexNumber(value: string, { bold, underline }: CellStyle = {}): string {
  const signed = /^[-+]/.test(value)
  const number = bold ? (signed ? `$\\mathbf{${value}}$` : `\\textbf{${value}}`) : signed ? `$${value}$` : value
  return underline ? `\\underline{${number}}` : number
}

/** A cell in a column of kind l, c or r. */
export function latexCell(cell: Cell, unicode: boolean): string {
  if (cell.kind === 'text') return styled(latexInline(cell.content, unicode), cell)
  if (cell.kind === 'check') return cell.on ? '$\\checkmark$' : ''
  if (cell.kind === 'missing') return '--'
  const value = latexNumber(cell.value, cell)
  if (cell.kind === 'number') return `${cell.less ? '$<$' : ''}${value}${latexMarks(cell.marks)}`
  const spread = cell.spread === null ? '' : ` $\\pm$ ${cell.spread}`
  return `${value}${spread}${latexInterval(cell.interval)}${latexMarks(cell.marks)}`
}

export function latexInterval(interval: [string, string] | null): string {
  return interval === null ? '' : ` [${interval.map((bound) => latexNumber(bound)).join(', ')}]`
}

function styled(text: string, { bold, underline }: CellStyle): string {
  const strong = bold ? `\\textbf{${text}}` : text
  return underline ? `\\underline{${strong}}` : strong
}
