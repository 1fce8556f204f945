import type { CustomShape } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import type { Plot } from '../xy/xy-data.ts'
import { type HistogramSlice, quantiles } from './slices.ts'

export interface BandsFrame {
  plot: Plot
  steps: [number, number]
  values: [number, number]
}

/** Pairs of quantiles (places in `QUANTILES`) from outside in, and how dark each is. */
const BANDS = [
  [0, 6, 0.14],
  [1, 5, 0.22],
  [2, 4, 0.34],
] as const
const MEDIAN = 3
/** Half the width (px) of what is drawn for a single step. */
const LONELY = 14

/** Quantiles over steps: the whole range, the middle 90 % and 50 %, and the median as a line. A slice without a finite value interrupts them. */
export function bandShapes(frame: BandsFrame, slices: readonly HistogramSlice[], look: Look): CustomShape[] {
  return stretches(slices).flatMap((stretch) => {
    const xs = stretch.map(({ step }) => stepX(frame, step))
    const across = xs.length === 1 ? [xs[0]! - LONELY, xs[0]! + LONELY] : xs
    const line = (which: number): [number, number][] => across.map((x, i) => [x, valueY(frame, stretch[Math.min(i, stretch.length - 1)]!.at[which]!)])
    const areas = BANDS.map(
      ([low, high, opacity]): CustomShape => ({
        type: 'polygon',
        shape: { points: [...line(low), ...line(high).reverse()] },
        style: { fill: look.accent, opacity },
      }),
    )
    return [...areas, { type: 'polyline', shape: { points: line(MEDIAN) }, style: { stroke: look.accent, fill: 'none', lineWidth: look.lineWidth } }]
  })
}

function stepX({ plot, steps: [low, high] }: BandsFrame, step: number): number {
  return high > low ? plot.left + ((step - low) / (high - low)) * plot.width : plot.left + plot.width / 2
}

function valueY({ plot, values: [low, high] }: BandsFrame, value: number): number {
  // Not high − low first: the range of doubles may overflow.
  const share = value / 2 - low / 2 === 0 ? 0 : (value / 2 - low / 2) / (high / 2 - low / 2)
  return plot.top + (1 - share) * plot.height
}

/** Neighbours that have quantiles. */
function stretches(slices: readonly HistogramSlice[]): { step: number; at: number[] }[][] {
  const found: { step: number; at: number[] }[][] = [[]]
  for (const slice of slices) {
    const at = quantiles(slice)
    if (at) found.at(-1)!.push({ step: slice.step, at })
    else if (found.at(-1)!.length > 0) found.push([])
  }
  return found.filter((stretch) => stretch.length > 0)
}
