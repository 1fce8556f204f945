import type { Json } from '../run.ts'
import { checkCount, checkCounts, checkObject, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'

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

const KIND = 'histogram'

function checkEdges(value: unknown, bins: number): number[] {
  if (!Array.isArray(value)) throw invalid(KIND, `edges must be an array of numbers, got ${describe(value)}`)
  if (bins < 1) throw invalid(KIND, 'counts is empty: at least one bin is needed')
  if (value.length !== bins + 1) throw invalid(KIND, `${bins} counts need ${bins + 1} edges, got ${value.length}`)
  value.forEach((edge, index) => {
    if (typeof edge !== 'number' || !Number.isFinite(edge)) throw invalid(KIND, `edges[${index}] must be a finite number, got ${describe(edge)}`)
    if (index > 0 && edge <= value[index - 1]) throw invalid(KIND, `edges must increase: edges[${index}] is ${edge} after ${value[index - 1]}`)
  })
  return value
}

function checkHistogram(value: unknown): Histogram {
  const fields = checkObject(KIND, value)
  const nonFinite = checkCount(KIND, 'nonFinite', fields.nonFinite)
  if (fields.layout === 'edges') {
    const counts = checkCounts(KIND, 'counts', fields.counts)
    return { layout: 'edges', edges: checkEdges(fields.edges, counts.length), counts, nonFinite }
  }
  if (fields.layout !== 'log10-ratio') throw invalid(KIND, `layout must be "edges" or "log10-ratio", got ${describe(fields.layout)}`)
  const counts = checkCounts(KIND, 'counts', fields.counts)
  if (counts.length !== LOG10_RATIO.bins) throw invalid(KIND, `layout log10-ratio has ${LOG10_RATIO.bins} counts, got ${counts.length}`)
  return {
    layout: 'log10-ratio',
    counts,
    zero: checkCount(KIND, 'zero', fields.zero),
    underflow: checkCount(KIND, 'underflow', fields.underflow),
    overflow: checkCount(KIND, 'overflow', fields.overflow),
    tinyWeight: checkCount(KIND, 'tinyWeight', fields.tinyWeight),
    nonFinite,
  }
}

/** Everything counted, whether it has a bin or not. */
export function histogramTotal(histogram: Histogram): number {
  const binned = histogram.counts.reduce((sum, count) => sum + count, 0)
  if (histogram.layout === 'edges') return binned + histogram.nonFinite
  return binned + histogram.zero + histogram.underflow + histogram.overflow + histogram.tinyWeight + histogram.nonFinite
}

export const histogramKind: RecordKind<Histogram> = {
  kind: KIND,
  check: checkHistogram,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkHistogram(payload),
  summarise: (value) => {
    const odd = value.nonFinite > 0 ? `, ${value.nonFinite} not finite` : ''
    if (value.layout === 'edges')
      return `${histogramTotal(value)} values in ${value.counts.length} bins from ${value.edges[0]} to ${value.edges.at(-1)}${odd}`
    return `${histogramTotal(value)} update ratios, ${value.zero} of them 0${odd}`
  },
}
