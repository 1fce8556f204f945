import type { Histogram } from '../../kinds/histogram.ts'
import { histogramQuantiles } from '../../kinds/histogram-quantiles.ts'

/** Records of this prefix hold the element-wise update ratios of a layer. */
export const RATIO_HISTOGRAM = 'update-ratio-histogram/'

/** A record that is a point of a series for the rules: the median of a histogram of update ratios. Null for every other record. */
export function pointOfRecord(kind: string, name: string, value: unknown): { name: string; value: number } | null {
  if (kind !== 'histogram' || !name.startsWith(RATIO_HISTOGRAM)) return null
  const histogram = value as Histogram
  if (histogram.layout !== 'log10-ratio') return null
  const [median = Number.NaN] = histogramQuantiles(histogram, [0.5])
  return { name, value: 10 ** median }
}
