import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { precisionRecallCurve } from '../../../core/classification/precision-recall-curve.ts'
import { thinCurve } from '../../../core/classification/thin-curve.ts'
import { sklearn } from './sklearn-values.ts'

const example = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double()), fc.boolean())

describe('the precision-recall curve', () => {
  it.each(sklearn.curves)('is that of scikit-learn: $name', ({ scores, positives, precision, recall, threshold, averagePrecision }) => {
    const curve = precisionRecallCurve(scores, positives)
    expect(curve.threshold).toEqual(threshold)
    for (const [index, one] of curve.precision.entries()) expect(one).toBeCloseTo(precision[index] as number, 12)
    for (const [index, one] of curve.recall.entries()) expect(one).toBeCloseTo(recall[index] as number, 12)
    expect(curve.precision.length).toBe(precision.length)
    expect(curve.averagePrecision).toBeCloseTo(averagePrecision, 12)
  })

  it('has at each threshold the precision and recall one gets by counting', () => {
    fc.assert(
      fc.property(fc.array(example, { maxLength: 30 }), (examples) => {
        const curve = precisionRecallCurve(
          examples.map(([score]) => score),
          examples.map(([, positive]) => positive),
        )
        const counted = examples.filter(([score]) => !Number.isNaN(score))
        expect([curve.examples, curve.nanScores]).toEqual([counted.length, examples.length - counted.length])
        const positives = counted.filter(([, positive]) => positive).length
        expect(curve.positives).toBe(positives)
        curve.threshold.forEach((threshold, index) => {
          const predicted = counted.filter(([score]) => score >= threshold)
          const right = predicted.filter(([, positive]) => positive).length
          expect(curve.precision[index]).toBe(right / predicted.length)
          expect(curve.recall[index]).toBe(right / positives)
          if (index > 0) expect(threshold).toBeLessThan(curve.threshold[index - 1] as number)
        })
        if (positives > 0) expect(curve.recall.at(-1)).toBe(1)
      }),
    )
  })

  it('leaves NaN scores out and counts them; infinities are scores', () => {
    const { NaN: nan, POSITIVE_INFINITY: high, NEGATIVE_INFINITY: low } = Number
    expect(precisionRecallCurve([nan, high, low, nan], [1, 1, 0, 0])).toEqual({
      precision: [1, 0.5],
      recall: [1, 1],
      threshold: [high, low],
      averagePrecision: 1,
      positives: 1,
      examples: 2,
      nanScores: 2,
    })
  })

  it('without positives has no points and no average precision', () => {
    expect(precisionRecallCurve([0.2, 0.4], [0, 0])).toMatchObject({ precision: [], recall: [], threshold: [], averagePrecision: null, positives: 0 })
    expect(precisionRecallCurve([], [])).toMatchObject({ examples: 0, averagePrecision: null })
  })

  it('refuses lists of different length', () => {
    expect(() => precisionRecallCurve([0.5], [])).toThrow('1 scores need as many labels, got 0')
  })
})

describe('a thinned curve', () => {
  it('keeps first, last, lowest and highest point, in order, and no more than asked for', () => {
    const long = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 300,
    })
    fc.assert(
      fc.property(long, fc.integer({ min: 4, max: 60 }), (points, most) => {
        const precision = points.map(([one]) => one)
        const recall = points.map(([, one]) => one).sort((a, b) => a - b)
        const kept = thinCurve({ precision, recall }, most)
        expect(kept.length).toBeLessThanOrEqual(most)
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
        expect([kept[0], kept.at(-1)]).toEqual([0, points.length - 1])
        const shown = kept.map((index) => precision[index] as number)
        expect([Math.min(...shown), Math.max(...shown)]).toEqual([Math.min(...precision), Math.max(...precision)])
        if (points.length <= most) expect(kept.length).toBe(points.length)
      }),
    )
  })
})
