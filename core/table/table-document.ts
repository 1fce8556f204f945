/**
 * A finished table: what every export format prints. All rounding, ordering, labels and marks are decided before this point, so that
 * the preview, LaTeX, Word and CSV cannot differ. No format computes a number.
 */

/** Raised after a number. */
export type Mark = 'dagger' | 'double-dagger' | 'star'

/**
 * A piece of a line. `text` may hold any character, Unicode signs such as ± and ↑ included: each format escapes and translates it.
 * `math` is one letter set as a variable.
 */
export type Inline = { text: string } | { math: string }

export interface CellStyle {
  bold?: boolean
  underline?: boolean
}

/**
 * One cell. Numbers are decimal text with an ASCII minus.
 * `measure`: value with spread (`± spread`) or interval (`[low, high]`), either may be missing; `number`: one figure, such as a
 * difference, with `less` for "less than" (p < 0.001); `marks`: raised after the number.
 */
export type Cell = CellStyle &
  (
    | { kind: 'text'; content: Inline[] }
    | { kind: 'measure'; value: string; spread: string | null; interval: [low: string, high: string] | null; marks: Mark[] }
    | { kind: 'number'; value: string; less: boolean; marks: Mark[] }
    | { kind: 'check'; on: boolean }
    /** Nothing to print: a dash. Why is said in the footnotes and beside the cell on screen. */
    | { kind: 'missing'; why: string }
  )

export interface Column {
  /** Stable: `variant`, `test/accuracy:value`, `test/accuracy:difference` … */
  id: string
  header: Inline[]
  align: 'left' | 'center' | 'right'
}

/** A heading over neighbouring columns. */
export interface Spanner {
  header: Inline[]
  /** Index of the first column and how many. */
  first: number
  columns: number
}

export type TableLine = { kind: 'group'; title: string } | { kind: 'rule' } | { kind: 'row'; cells: Cell[]; shaded: boolean }

export interface TableDocument {
  columns: Column[]
  spanners: Spanner[]
  lines: TableLine[]
  caption: Inline[]
  /** For `\label`: `tab:…`. */
  label: string
  footnotes: Inline[][]
  /** Facts for a comment above the table: study, program, number of runs, date of the newest run. */
  comments: string[]
}

/** Plain text of a line. */
export function plainText(content: readonly Inline[]): string {
  return content.map((part) => ('text' in part ? part.text : part.math)).join('')
}

export const MARK_SIGNS: Record<Mark, string> = { dagger: '†', 'double-dagger': '‡', star: '*' }

/** A decimal with the typographic minus. */
export function unicodeNumber(value: string): string {
  return value.replace(/^-/, '−')
}

/** A cell as one line of text with Unicode signs. */
export function cellText(cell: Cell): string {
  if (cell.kind === 'text') return plainText(cell.content)
  if (cell.kind === 'check') return cell.on ? '✓' : ''
  if (cell.kind === 'missing') return '–'
  const marks = cell.marks.map((mark) => MARK_SIGNS[mark]).join('')
  if (cell.kind === 'number') return `${cell.less ? '<' : ''}${unicodeNumber(cell.value)}${marks}`
  const spread = cell.spread === null ? '' : ` ± ${cell.spread}`
  const interval = cell.interval === null ? '' : ` [${cell.interval.map(unicodeNumber).join(', ')}]`
  return `${unicodeNumber(cell.value)}${spread}${interval}${marks}`
}
