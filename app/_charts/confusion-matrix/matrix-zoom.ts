import type { ClassRange, MatrixView } from './matrix-data.ts'
import type { MatrixCell, MatrixGrid } from './matrix-grid.ts'

/** Fewer classes are not a matrix any more. */
const LEAST = 2

/** Everything from one corner to the other; null when that is all there is. */
export function zoomTo(grid: MatrixGrid, a: MatrixCell, b: MatrixCell, classes: number): MatrixView | null {
  const span = (ranges: ClassRange[], from: number, to: number): ClassRange => [ranges[Math.min(from, to)]![0], ranges[Math.max(from, to)]![1]]
  return tidy({ rows: span(grid.rows, a.row, b.row), columns: span(grid.columns, a.column, b.column) }, classes)
}

/** Half or twice as many classes about a cell. */
export function zoomAbout(view: MatrixView | null, cell: MatrixCell, factor: number, classes: number): MatrixView | null {
  const scaled = ([from, to]: ClassRange, [left, right]: ClassRange): ClassRange => {
    const length = Math.min(classes, Math.max(LEAST, Math.round((to - from) * factor)))
    const middle = (left + right) / 2
    const start = Math.min(classes - length, Math.max(0, Math.round(middle - length / 2)))
    return [start, start + length]
  }
  const all: ClassRange = [0, classes]
  return tidy({ rows: scaled(view?.rows ?? all, cell.rows), columns: scaled(view?.columns ?? all, cell.columns) }, classes)
}

function tidy({ rows, columns }: MatrixView, classes: number): MatrixView | null {
  const wide = ([from, to]: ClassRange): ClassRange => {
    if (to - from >= LEAST) return [from, to]
    const start = Math.max(0, Math.min(from, classes - LEAST))
    return [start, Math.min(classes, start + LEAST)]
  }
  const view = { rows: wide(rows), columns: wide(columns) }
  const all = [view.rows, view.columns].every(([from, to]) => from === 0 && to === classes)
  return all ? null : view
}
