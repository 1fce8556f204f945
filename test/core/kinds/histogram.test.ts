import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Histogram, histogramTotal } from '../../../core/kinds/histogram.ts'
import { binEdges, histogramQuantiles } from '../../../core/kinds/histogram-quantiles.ts'
import { mergeHistograms } from '../../../core/kinds/merge-histograms.ts'
import { edgesHistogram, ratioHistogram } from './histograms.ts'

describe('merging', () => {
  it('of two histograms with the same bins counts everything once; with others it is refused', () => {
    fc.assert(
      fc.property(fc.oneof(edgesHistogram, ratioHistogram), fc.oneof(edgesHistogram, ratioHistogram), (a: Histogram, b: Histogram) => {
        const twice = mergeHistograms(a, a)
        expect(twice && histogramTotal(twice)).toBe(2 * histogramTotal(a))
        const sum = mergeHistograms(a, b)
        const same = a.layout === b.layout && (a.layout !== 'edges' || JSON.stringify(a.edges) === JSON.stringify((b as typeof a).edges))
        expect(sum === null).toBe(!same)
        if (sum) expect(histogramTotal(sum)).toBe(histogramTotal(a) + histogramTotal(b))
      }),
    )
  })
})

describe('quantiles', () => {
  const empty = { layout: 'log10-ratio', counts: Array<number>(80).fill(0), zero: 0, underflow: 0, overflow: 0, tinyWeight: 0, nonFinite: 0 } as const

  it('of a flat histogram lie on a straight line', () => {
    const flat = { ...empty, counts: Array<number>(80).fill(3) }
    expect(histogramQuantiles(flat, [0, 0.25, 0.5, 1])).toEqual([-8, -5.5, -3, 2])
  })

  it('count zeros, underflow and overflow by their side, and leave out what has no ratio', () => {
    const counts = Array<number>(80).fill(0)
    counts[40] = 2
    const odd = { ...empty, counts, zero: 1, underflow: 1, overflow: 1, tinyWeight: 100, nonFinite: 100 }
    expect(histogramQuantiles(odd, [0.2, 0.4, 0.6, 0.8, 1])).toEqual([Number.NEGATIVE_INFINITY, -8, -2.9375, -2.875, 2])
  })

  it('of nothing are NaN', () => {
    expect(histogramQuantiles(empty, [0.5])).toEqual([Number.NaN])
    expect(histogramQuantiles({ ...empty, zero: 4 }, [-0.1, 1.1])).toEqual([Number.NaN, Number.NaN])
  })

  it('never decrease, stay within the edges, and lie in the bin that holds their rank', () => {
    fc.assert(
      fc.property(edgesHistogram, fc.double({ min: 0, max: 1, noNaN: true }), (histogram, probability) => {
        const total = histogram.counts.reduce((sum, one) => sum + one, 0)
        fc.pre(total > 0)
        const [low, at, high] = histogramQuantiles(histogram, [0, probability, 1]) as [number, number, number]
        expect(low).toBeLessThanOrEqual(at)
        expect(at).toBeLessThanOrEqual(high)
        const edges = binEdges(histogram)
        let below = 0
        let within = 0
        histogram.counts.forEach((one, bin) => {
          if ((edges[bin + 1] as number) < at) below += one
          if ((edges[bin] as number) <= at) within += one
        })
        expect(below).toBeLessThanOrEqual(probability * total * (1 + 1e-12))
        expect(within).toBeGreaterThanOrEqual(probability * total * (1 - 1e-12))
      }),
    )
  })
})
