import { type ClassRange, type ConfusionMatrixData, type MatrixTotals, totalsOf } from './matrix-data.ts'

/** Rows and columns a picture has at most: of more classes neighbours share a cell. */
export const SIDE_MAX = 100

export interface MatrixGrid {
  /** Classes of each row and of each column. */
  rows: ClassRange[]
  columns: ClassRange[]
  /** Classes that share a row, a column: 1 unless there are too many. */
  rowBlock: number
  columnBlock: number
  /** Examples per cell, row after row. */
  counts: Float64Array
  totals: MatrixTotals
  /** The largest count, right or wrong. */
  most: number
}

/** Adds counts of neighbouring classes until they fit. */
export function matrixGrid({ value, view }: ConfusionMatrixData, sideMax = SIDE_MAX): MatrixGrid {
  const all: ClassRange = [0, value.classes.length]
  const rowBlock = blockSize(view?.rows ?? all, sideMax)
  const columnBlock = blockSize(view?.columns ?? all, sideMax)
  const rows = blocks(view?.rows ?? all, rowBlock)
  const columns = blocks(view?.columns ?? all, columnBlock)
  const counts = new Float64Array(rows.length * columns.length)
  let most = 0
  rows.forEach(([from, to], row) => {
    columns.forEach(([left, right], column) => {
      let sum = 0
      for (let truth = from; truth < to; truth++)
        for (let predicted = left; predicted < right; predicted++) sum += value.counts[truth]?.[predicted] ?? 0
      counts[row * columns.length + column] = sum
      most = Math.max(most, sum)
    })
  })
  return { rows, columns, rowBlock, columnBlock, counts, totals: totalsOf(value), most }
}

const blockSize = ([from, to]: ClassRange, sideMax: number) => Math.max(1, Math.ceil((to - from) / sideMax))

function blocks([from, to]: ClassRange, size: number): ClassRange[] {
  return Array.from({ length: Math.ceil((to - from) / size) }, (_, i) => [from + i * size, Math.min(to, from + (i + 1) * size)])
}

export interface MatrixCell {
  row: number
  column: number
  rows: ClassRange
  columns: ClassRange
  count: number
  /** On the diagonal. Where classes share cells it holds confusions among neighbours too. */
  right: boolean
  /** Of the examples of its rows; null when they have none. */
  ofTruth: number | null
  /** Of the predictions of its columns; null when there are none. */
  ofPredicted: number | null
}

export function cellAt(grid: MatrixGrid, row: number, column: number): MatrixCell | null {
  const rows = grid.rows[row]
  const columns = grid.columns[column]
  if (!rows || !columns) return null
  const count = grid.counts[row * grid.columns.length + column]!
  const share = (totals: Float64Array, [from, to]: ClassRange) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += totals[i]!
    return sum === 0 ? null : count / sum
  }
  const right = rows[0] < columns[1] && columns[0] < rows[1]
  return { row, column, rows, columns, count, right, ofTruth: share(grid.totals.truth, rows), ofPredicted: share(grid.totals.predicted, columns) }
}
