import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { Cell, Gap, HeatmapData } from './cells.ts'
import { quantityOf } from './quantities.ts'
import { markText } from './row-mark.ts'

/** Significant digits of a value that is read out: all a float32 has. */
const DIGITS = 7

/** What a cell says: layer, steps, value, and what is in it that has no place on the scale. */
export function cellText(data: HeatmapData, cell: Cell): string[] {
  const steps =
    cell.firstStep === cell.lastStep
      ? `step ${formatCount(cell.firstStep)}`
      : `steps ${formatCount(cell.firstStep)}–${formatCount(cell.lastStep)}, ${formatCount(cell.n)} measurements`
  const { noun, zero } = quantityOf(data.quantity)
  const value = Number.isNaN(cell.median) ? [] : [`${cell.n > 1 ? `median ${noun}` : noun} ${formatNumber(cell.value, DIGITS)}`]
  return [
    data.layers[cell.row]?.layer ?? '',
    steps,
    ...value,
    ...(cell.zeros > 0 ? [`${formatCount(cell.zeros)} × ${zero.cell}`] : []),
    ...(cell.nonFinite > 0 ? [`${formatCount(cell.nonFinite)} × NaN or Inf`] : []),
    ...markText(data.layers[cell.row]?.mark),
  ]
}

export function gapText(data: HeatmapData, gap: Gap): string[] {
  return [
    data.layers[gap.row]?.layer ?? '',
    `step ${formatNumber(Math.round((gap.from + gap.to) / 2))}`,
    'not measured here',
    ...markText(data.layers[gap.row]?.mark),
  ]
}
