import { LOG10_RATIO, type Log10RatioHistogram } from '../../../core/kinds/histogram.ts'
import { histogramQuantiles } from '../../../core/kinds/histogram-quantiles.ts'
import { mergeHistograms } from '../../../core/kinds/merge-histograms.ts'

/** One or several neighbouring records, added. */
export interface Slice {
  firstStep: number
  lastStep: number
  /** Records added into it. */
  merged: number
  histogram: Log10RatioHistogram
}

export interface RatioHistogramData {
  title: string
  layer: string
  slices: Slice[]
  /** Records of the run, and those left out because their layout is another. */
  records: number
  otherLayout: number
  /** `ridgeline`: up to 20 slices behind each other; `single`: one slice as bars. */
  view: 'ridgeline' | 'single'
  /** Index into `slices` for `single`. */
  index: number
}

/** At most `most` slices: neighbours are added, which is exact because all have the same bins. */
export function mergeSlices(slices: Slice[], most: number): Slice[] {
  if (slices.length <= most) return slices
  const merged: Slice[] = []
  for (let i = 0; i < most; i++) {
    const part = slices.slice(Math.floor((i * slices.length) / most), Math.floor(((i + 1) * slices.length) / most))
    merged.push(part.reduce(addSlices))
  }
  return merged
}

function addSlices(a: Slice, b: Slice): Slice {
  const histogram = mergeHistograms(a.histogram, b.histogram) as Log10RatioHistogram
  return { firstStep: a.firstStep, lastStep: b.lastStep, merged: a.merged + b.merged, histogram }
}

export const COUNTERS = [
  ['zero', 'zero update'],
  ['underflow', 'below 1e-8'],
  ['overflow', 'above 100'],
  ['tinyWeight', 'weight ≈ 0'],
  ['nonFinite', 'NaN or Inf'],
] as const satisfies readonly (readonly [keyof Log10RatioHistogram, string])[]

/** All elements counted, in bins or not. */
export function elements(histogram: Log10RatioHistogram): number {
  return COUNTERS.reduce((sum, [key]) => sum + histogram[key], binned(histogram))
}

export function binned(histogram: Log10RatioHistogram): number {
  return histogram.counts.reduce((sum, count) => sum + count, 0)
}

/** log10 of the median ratio; NaN when nothing has a ratio, −Infinity when most are exactly zero. */
export function medianLog(histogram: Log10RatioHistogram): number {
  return histogramQuantiles(histogram, [0.5])[0] ?? Number.NaN
}

/** The part of the log10 axis where anything is, rounded to decades and never narrower than 1e-6…1. */
export function decadeRange(slices: Slice[]): [number, number] {
  const width = (LOG10_RATIO.high - LOG10_RATIO.low) / LOG10_RATIO.bins
  let low = -6
  let high = 0
  for (const { histogram } of slices)
    histogram.counts.forEach((count, bin) => {
      if (count === 0) return
      low = Math.min(low, Math.floor(LOG10_RATIO.low + bin * width + 1e-9))
      high = Math.max(high, Math.ceil(LOG10_RATIO.low + (bin + 1) * width - 1e-9))
    })
  return [low, high]
}
