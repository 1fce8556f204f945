/**
 * Histograms with fixed or explicit edges. Fixed layouts make merging exact: add the counts.
 * `log10-ratio`: log10(|Δw|/|w|) from −8 to 2 in 80 bins of 1/8 decade, and five counters for what has no bin.
 */
export const LOG10_RATIO = { layout: 'log10-ratio', low: -8, high: 2, bins: 80 } as const

export interface Log10RatioHistogram {
  layout: 'log10-ratio'
  /** 80 counts. */
  counts: number[]
  /** Elements whose update was exactly 0. */
  zero: number
  /** 0 < ratio < 1e-8. */
  underflow: number
  /** ratio ≥ 1e2. */
  overflow: number
  /** |w| < 1e-12: the ratio has no meaning. */
  tinyWeight: number
  /** NaN or ±Infinity in the weight or its update. */
  nonFinite: number
}

export interface EdgesHistogram {
  layout: 'edges'
  /** counts.length + 1 increasing finite numbers. */
  edges: number[]
  counts: number[]
  nonFinite: number
}

export type Histogram = Log10RatioHistogram | EdgesHistogram
