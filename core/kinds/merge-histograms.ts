import type { Histogram } from './histogram.ts'

/** The histogram of both populations together: exact, because the bins are the same. Null when the layouts or edges differ. */
export function mergeHistograms(a: Histogram, b: Histogram): Histogram | null {
  if (a.layout === 'log10-ratio' && b.layout === 'log10-ratio') {
    return {
      layout: 'log10-ratio',
      counts: addCounts(a.counts, b.counts),
      zero: a.zero + b.zero,
      underflow: a.underflow + b.underflow,
      overflow: a.overflow + b.overflow,
      tinyWeight: a.tinyWeight + b.tinyWeight,
      nonFinite: a.nonFinite + b.nonFinite,
    }
  }
  if (a.layout === 'edges' && b.layout === 'edges' && sameEdges(a.edges, b.edges)) {
    return { layout: 'edges', edges: a.edges, counts: addCounts(a.counts, b.counts), nonFinite: a.nonFinite + b.nonFinite }
  }
  return null
}

function addCounts(a: number[], b: number[]): number[] {
  return a.map((count, bin) => count + (b[bin] ?? 0))
}

function sameEdges(a: number[], b: number[]): boolean {
  return a.length === b.length && a.every((edge, i) => edge === b[i])
}
