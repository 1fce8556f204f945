import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { Cell, HeatmapData } from './cells.ts'

/** What a cell says: layer, steps, ratio, and what is in it that is no ratio. */
export function cellText(data: HeatmapData, cell: Cell): string[] {
  const steps =
    cell.firstStep === cell.lastStep
      ? `step ${formatCount(cell.firstStep)}`
      : `steps ${formatCount(cell.firstStep)}–${formatCount(cell.lastStep)}, ${formatCount(cell.n)} measurements`
  const ratio = Number.isNaN(cell.median) ? [] : [`${cell.n > 1 ? 'median ratio' : 'ratio'} ${formatNumber(10 ** cell.median, 3)}`]
  return [
    data.layers[cell.row]?.layer ?? '',
    steps,
    ...ratio,
    ...(cell.zeros > 0 ? [`${formatCount(cell.zeros)} × zero: nothing moved`] : []),
    ...(cell.nonFinite > 0 ? [`${formatCount(cell.nonFinite)} × NaN or Inf`] : []),
  ]
}
