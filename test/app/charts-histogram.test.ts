import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogramChartKind } from '../../app/_charts/histogram/kind.ts'
import { type HistogramSlice, quantiles, range, rebin, spread } from '../../app/_charts/histogram/slices.ts'
import { LIGHT_LOOK } from '../../app/_charts/look.ts'
import type { EdgesHistogram } from '../../core/kinds/histogram.ts'
import { edgesHistogram } from '../core/kinds/histograms.ts'

const slice = (step: number, counts: number[], edges: number[], nonFinite = 0): HistogramSlice => ({
  step,
  histogram: { layout: 'edges', edges, counts, nonFinite },
})

describe('a histogram is drawn in equal bins', () => {
  it('that hold what the stored ones held, evenly spread over them', () => {
    expect(rebin(slice(0, [4, 0, 2], [0, 1, 2, 4]).histogram, [0, 4], 4)).toEqual([4, 0, 1, 1])
    expect(rebin(slice(0, [8], [0, 4]).histogram, [0, 4], 4)).toEqual([2, 2, 2, 2])
  })

  it('whose sum is the number of values, whatever the edges', () => {
    fc.assert(
      fc.property(edgesHistogram, (histogram) => {
        const across = range([{ step: 0, histogram }])
        if (across === null || !Number.isFinite(across[1] - across[0])) return
        const total = histogram.counts.reduce((sum, count) => sum + count, 0)
        expect(rebin(histogram, across).reduce((sum, count) => sum + count, 0)).toBeCloseTo(total, Math.max(0, 8 - Math.ceil(Math.log10(total + 1))))
      }),
    )
  })
})

const AT_THE_END: EdgesHistogram = { layout: 'edges', edges: [1.7976931348623133e308, Number.MAX_VALUE], counts: [1], nonFinite: 0 }

describe('what a histogram chart says', () => {
  const data = { title: 'weights', records: 3, superseded: 2, view: 'bands' as const, index: 0 }
  const slices = [slice(0, [1, 3], [0, 1, 2]), slice(10, [0], [0, 1], 5), slice(20, [2, 2], [-1, 0, 1], 1)]

  it('names what is not finite, left out or superseded', () => {
    const said = histogramChartKind.notes({ ...data, slices, records: 30 }).join(' ')
    expect(said).toContain('step 20: 4 values from -1 to 1, median 0, 1 more not finite')
    expect(said).toContain('3 of 30 records drawn')
    expect(said).toContain('1 of them counted no finite value')
    expect(said).toContain('2 superseded records are left out')
  })

  it('and its table has every stored bin', () => {
    expect(histogramChartKind.table({ ...data, slices }).rows).toEqual([
      [0, 0, 1, 1],
      [0, 1, 2, 3],
      [10, 0, 1, 0],
      [10, 'not finite', 'not finite', 5],
      [20, -1, 0, 2],
      [20, 0, 1, 2],
      [20, 'not finite', 'not finite', 1],
    ])
  })

  it('has no quantiles of nothing, and keeps the newest when it draws some of many', () => {
    expect(quantiles(slice(0, [0], [0, 1], 3))).toBeNull()
    expect(
      spread(
        Array.from({ length: 103 }, (_, step) => slice(step, [1], [0, 1])),
        20,
      ).at(-1)?.step,
    ).toBe(102)
  })

  it('draws any histogram in any view', () => {
    fc.assert(
      fc.property(edgesHistogram, fc.constantFrom('bands', 'ridgeline', 'single'), (histogram, view) => {
        const option = histogramChartKind.option({ ...data, view, slices: [{ step: 3, histogram }] }, LIGHT_LOOK, { width: 300, height: 200 })
        expect(/null|NaN/.test(JSON.stringify(option))).toBe(false)
      }),
      // All values in one bin at the end of what a double can hold: the padding of the axis overflowed.
      { numRuns: 200, examples: (['bands', 'ridgeline', 'single'] as const).map((view) => [AT_THE_END, view]) },
    )
  })
})
