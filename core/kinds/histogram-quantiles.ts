import { type Histogram, LOG10_RATIO } from './histogram.ts'

/** Lower and upper edge of every bin, as counts.length + 1 numbers: log10 of the ratio for `log10-ratio`. */
export function binEdges(histogram: Histogram): number[] {
  if (histogram.layout === 'edges') return histogram.edges
  const width = (LOG10_RATIO.high - LOG10_RATIO.low) / LOG10_RATIO.bins
  return Array.from({ length: LOG10_RATIO.bins + 1 }, (_, bin) => LOG10_RATIO.low + bin * width)
}

/**
 * Quantiles of what was counted, linear inside a bin (values assumed evenly spread over it), in the unit of the edges:
 * log10 of the ratio for `log10-ratio`.
 *
 * For `log10-ratio` the population is every element with a ratio: exact zeros count as −Infinity, underflow as −8 and overflow as 2
 * (their side of the range is known, their place is not); tiny weights and non-finite elements have no ratio and are left out.
 *
 * @param probabilities each in [0, 1]
 * @returns one number each; NaN when nothing was counted
 */
export function histogramQuantiles(histogram: Histogram, probabilities: readonly number[]): number[] {
  const edges = binEdges(histogram)
  const low = edges[0] ?? Number.NaN
  const high = edges.at(-1) ?? Number.NaN
  const zero = histogram.layout === 'log10-ratio' ? histogram.zero : 0
  const underflow = histogram.layout === 'log10-ratio' ? histogram.underflow : 0
  const overflow = histogram.layout === 'log10-ratio' ? histogram.overflow : 0
  const total = histogram.counts.reduce((sum, count) => sum + count, zero + underflow + overflow)
  return probabilities.map((probability) => {
    if (total === 0 || !(probability >= 0 && probability <= 1)) return Number.NaN
    const target = probability * total
    let below = zero
    if (zero > 0 && target <= below) return Number.NEGATIVE_INFINITY
    below += underflow
    if (underflow > 0 && target <= below) return low
    for (let bin = 0; bin < histogram.counts.length; bin++) {
      const count = histogram.counts[bin] ?? 0
      if (count > 0 && target <= below + count) {
        const left = edges[bin] ?? low
        const right = edges[bin + 1] ?? high
        const part = (target - below) / count
        // Not left + (right − left) × part: the difference of two doubles may overflow. Rounding must not leave the bin.
        return Math.min(Math.max(left * (1 - part) + right * part, left), right)
      }
      below += count
    }
    return high
  })
}
