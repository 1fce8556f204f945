import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogramTotal } from '../../core/kinds/histogram.ts'
import {
  RATIO_EDGES,
  RATIO_SLOT,
  RATIO_SLOTS,
  ratioHistogram,
  ratioSlot,
  sumOfSquares,
  tallyUpdate,
  updateRatio,
  updateSquares,
} from '../../core/update-ratio.ts'

/** The definition, without tables. */
function referenceSlot(quotient: number): number {
  if (quotient < RATIO_EDGES[0]!) return RATIO_SLOT.underflow
  if (quotient >= RATIO_EDGES[80]!) return RATIO_SLOT.overflow
  let k = 0
  while (quotient >= RATIO_EDGES[k + 1]!) k++
  return RATIO_SLOT.firstBin + k
}

const neighbours = (value: number): number[] => {
  const bits = new BigInt64Array(1)
  const view = new Float64Array(bits.buffer)
  return [-1n, 0n, 1n].map((offset) => {
    view[0] = value
    bits[0]! += offset
    return view[0]!
  })
}

describe('bins of the update ratio', () => {
  it('has 81 increasing edges with exact powers of ten at whole decades', () => {
    expect(RATIO_EDGES).toHaveLength(81)
    expect(RATIO_EDGES.every((edge, k) => k === 0 || edge > RATIO_EDGES[k - 1]!)).toBe(true)
    expect([0, 8, 40, 64, 80].map((k) => RATIO_EDGES[k])).toEqual([1e-8, 1e-7, 1e-3, 1, 100])
    RATIO_EDGES.forEach((edge, k) => {
      expect(Math.abs(Math.log10(edge) - (-8 + k / 8))).toBeLessThan(1e-14)
    })
  })

  it('puts an edge and the doubles beside it on the right side, for every edge', () => {
    for (const edge of RATIO_EDGES) for (const quotient of neighbours(edge)) expect(ratioSlot(quotient)).toBe(referenceSlot(quotient))
  })

  it('equals the search over the edges for any positive double', () => {
    fc.assert(
      fc.property(fc.double({ min: Number.MIN_VALUE, noNaN: true }), (quotient) => {
        expect(ratioSlot(quotient)).toBe(referenceSlot(quotient))
      }),
      { numRuns: 3000, seed: 1 },
    )
  })

  it('equals floor((log10(q) + 8) · 8) away from the edges', () => {
    fc.assert(
      fc.property(fc.double({ min: -8, max: 2, maxExcluded: true, noNaN: true }), (exponent) => {
        const quotient = 10 ** exponent
        const scaled = (Math.log10(quotient) + 8) * 8
        fc.pre(Math.abs(scaled - Math.round(scaled)) > 1e-12)
        expect(ratioSlot(quotient)).toBe(RATIO_SLOT.firstBin + Math.floor(scaled))
      }),
      { numRuns: 3000, seed: 2 },
    )
  })
})

describe('one update', () => {
  it('gives the L2 ratio of a hand computation', () => {
    const before = Float32Array.from([3, 4, 0])
    const after = Float32Array.from([3, 4.5, 0])
    expect(updateRatio(tallyUpdate(before, after))).toBe(0.1)
    expect(updateRatio(updateSquares(before, after))).toBe(0.1)
  })

  it('has no ratio for a tensor of zeros and NaN where a weight is NaN', () => {
    expect(updateRatio(tallyUpdate([0, 0], [1, 1]))).toBeNull()
    expect(updateRatio(tallyUpdate([1, 2], [Number.NaN, 2]))).toBeNaN()
    expect(updateRatio(tallyUpdate([1, 2], [Number.POSITIVE_INFINITY, 2]))).toBe(Number.POSITIVE_INFINITY)
  })

  it('counts what has no bin by its reason', () => {
    const before = [1, 0, 1e-13, 1, 1, Number.NaN, 1, Number.NEGATIVE_INFINITY, 0]
    const after = [1, 1, 1e-12, 1 + 1e-9, 200, 1, Number.POSITIVE_INFINITY, 0, 0]
    const histogram = ratioHistogram(tallyUpdate(before, after).slots)
    expect(histogram).toMatchObject({ zero: 2, tinyWeight: 2, underflow: 1, overflow: 1, nonFinite: 3 })
    expect(histogram.counts.every((count) => count === 0)).toBe(true)
  })

  it('measures tensors longer than a chunk like their parts', () => {
    const before = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i) + (i % 7 === 0 ? 2 : 0))
    const after = before.map((weight, i) => (i % 5 === 0 ? weight : weight * (1 + 10 ** ((i % 90) / 9 - 8.5))))
    const whole = tallyUpdate(before, after)
    const parts = [0, 1, 2, 3, 4].map((part) =>
      tallyUpdate(before.slice(part * 1000, part * 1000 + 1000), after.slice(part * 1000, part * 1000 + 1000)),
    )
    whole.slots.forEach((count, slot) => {
      expect(count).toBe(parts.reduce((sum, { slots }) => sum + slots[slot]!, 0))
    })
  })

  it('keeps quotients that leave the range of doubles', () => {
    expect(ratioHistogram(tallyUpdate([1e300, 1e-11], [1e300, 1e308]).slots)).toMatchObject({ zero: 1, overflow: 1 })
    expect(ratioHistogram(tallyUpdate([1e-11], [1.7e308]).slots).overflow).toBe(1)
  })

  it('counts every element exactly once, whatever the numbers', () => {
    const number = fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, 1e-13, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY))
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { maxLength: 200 }), (pairs) => {
        const tally = tallyUpdate(
          pairs.map(([before]) => before),
          pairs.map(([, after]) => after),
        )
        expect(histogramTotal(ratioHistogram(tally.slots))).toBe(pairs.length)
        expect(tally.slots).toHaveLength(RATIO_SLOTS)
      }),
      { seed: 3 },
    )
  })

  it('tells updates lost to rounding from zero gradients', () => {
    expect(tallyUpdate([1, 1, 1, 1], [1, 1, 0.5, 1], [0, 1e-9, 1, Number.NaN]).lost).toBe(2)
    expect(tallyUpdate([0, 1e-20], [0, 1e-20], [1, 1]).lost).toBe(2)
    expect(tallyUpdate([1], [1]).lost).toBeNull()
  })

  it('sums squares without hiding NaN', () => {
    expect(sumOfSquares([3, 4])).toBe(25)
    expect(sumOfSquares([1, 2, 3, 4, 5, 6, 7])).toBe(140)
    expect(sumOfSquares([3, Number.NaN])).toBeNaN()
  })
})
