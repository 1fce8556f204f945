import type { EdgesHistogram } from '../../../core/kinds/histogram.ts'
import { histogramQuantiles } from '../../../core/kinds/histogram-quantiles.ts'

export interface HistogramSlice {
  step: number
  histogram: EdgesHistogram
}

export interface HistogramData {
  title: string
  /** In step order. */
  slices: HistogramSlice[]
  /** Records on the newest line of the run, drawn or not. */
  records: number
  /** Records replaced by a later attempt or a second write of their step. */
  superseded: number
  /** `bands`: quantiles over steps; `ridgeline`: up to 20 slices behind each other; `single`: one slice as bars. */
  view: 'bands' | 'ridgeline' | 'single'
  /** Index into `slices` for `single`. */
  index: number
}

/** Of the bands, from outside in, and the median. */
export const QUANTILES = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] as const
/** Bins of equal width that a slice is drawn in. */
export const DRAWN_BINS = 60

export const values = (histogram: EdgesHistogram): number => histogram.counts.reduce((sum, count) => sum + count, 0)

/** Quantiles of a slice, in the order of `QUANTILES`; null when it counted no finite value. */
export function quantiles({ histogram }: HistogramSlice): number[] | null {
  return values(histogram) > 0 ? histogramQuantiles(histogram, QUANTILES) : null
}

/** Lowest and highest edge of a bin that counted anything; null when none did. */
export function range(slices: readonly HistogramSlice[]): [number, number] | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { histogram } of slices)
    histogram.counts.forEach((count, bin) => {
      if (count === 0) return
      low = Math.min(low, histogram.edges[bin]!)
      high = Math.max(high, histogram.edges[bin + 1]!)
    })
  return low < high ? [low, high] : null
}

/** About `most` slices, evenly spread, the newest among them. Slices are not added: their edges differ. */
export function spread(slices: HistogramSlice[], most: number): HistogramSlice[] {
  if (slices.length <= most) return slices
  return Array.from({ length: most }, (_, i) => slices[Math.round(((i + 1) * slices.length) / most) - 1]!)
}

/**
 * Counts in equal bins over [low, high]. Stored bins have any width, and a bar as high as its count would then say nothing; the values of a
 * stored bin are spread evenly over it, which is all that is known of them. The sum stays.
 */
export function rebin({ edges, counts }: EdgesHistogram, [low, high]: [number, number], bins = DRAWN_BINS): number[] {
  const drawn = new Array<number>(bins).fill(0)
  const width = high / bins - low / bins
  counts.forEach((count, bin) => {
    if (count === 0) return
    // A range too narrow for doubles to cut in parts.
    if (width === 0) {
      drawn[0]! += count
      return
    }
    const from = edges[bin]!
    const to = edges[bin + 1]!
    const first = Math.min(bins - 1, Math.max(0, Math.floor((from - low) / width)))
    const last = Math.min(bins - 1, Math.max(first, Math.ceil((to - low) / width) - 1))
    if (first === last) {
      drawn[first]! += count
      return
    }
    for (let at = first; at <= last; at++) {
      const left = at === first ? from : low + at * width
      const right = at === last ? to : low + (at + 1) * width
      // Halves: the difference of two doubles may overflow.
      drawn[at]! += count * ((right / 2 - left / 2) / (to / 2 - from / 2))
    }
  })
  return drawn
}
