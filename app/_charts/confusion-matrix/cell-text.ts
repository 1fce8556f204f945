import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { ClassRange } from './matrix-data.ts'
import type { MatrixCell } from './matrix-grid.ts'

const percent = (share: number) => `${formatNumber(100 * share, 4)} %`

/** What a cell says: both classes, how many examples, and their shares. */
export function matrixCellText(classes: readonly string[], cell: MatrixCell): string[] {
  const name = ([from, to]: ClassRange) => (to - from === 1 ? classes[from] : `${classes[from]} … ${classes[to - 1]} (${to - from} classes)`)
  const same = cell.right && cell.rows[1] - cell.rows[0] === 1 && cell.columns[1] - cell.columns[0] === 1
  return [
    same ? `${name(cell.rows)}, right` : `${name(cell.rows)} taken for ${name(cell.columns)}`,
    `${formatCount(cell.count)} ${cell.count === 1 ? 'example' : 'examples'}`,
    cell.ofTruth === null ? 'no examples of the true class' : `${percent(cell.ofTruth)} of the true class${same ? ' (recall)' : ''}`,
    cell.ofPredicted === null ? 'never predicted' : `${percent(cell.ofPredicted)} of what was predicted so${same ? ' (precision)' : ''}`,
  ]
}
