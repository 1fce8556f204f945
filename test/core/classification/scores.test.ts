import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confusionMatrix } from '../../../core/classification/confusion-matrix.ts'
import { accuracy } from '../../../core/classification/precision-recall-f1.ts'
import { predictedClasses } from '../../../core/classification/predicted-classes.ts'
import { sigmoid, softmax } from '../../../core/classification/probabilities.ts'
import { topK } from '../../../core/classification/top-k.ts'
import { sklearn } from './sklearn-values.ts'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const rows = fc.array(fc.tuple(fc.nat(4), fc.array(fc.oneof(fc.nat(3), fc.double()), { minLength: 5, maxLength: 5 })), {
  minLength: 1,
  maxLength: 20,
})

describe('top-k accuracy', () => {
  it.each(sklearn.topK)('is that of scikit-learn: $name', ({ labels, scores, classes, hits }) => {
    for (const [k, share] of Object.entries(hits)) expect(topK(labels, scores, classes, Number(k))).toBeCloseTo(share, 12)
  })

  it('of 1 is accuracy, also with equal scores and NaN; it never falls with k', () => {
    fc.assert(
      fc.property(rows, (examples) => {
        const labels = examples.map(([label]) => label)
        const scores = examples.flatMap(([, score]) => score)
        expect(topK(labels, scores, 5, 1)).toBe(accuracy(confusionMatrix(labels, predictedClasses(scores, 5), 5)))
        const shares = [1, 2, 3, 4, 5].map((k) => topK(labels, scores, 5, k) as number)
        expect(shares).toEqual([...shares].sort((a, b) => a - b))
        expect(shares[4]).toBe(examples.filter(([, score]) => !score.some(Number.isNaN)).length / examples.length)
      }),
    )
  })

  it('ranks equal scores by class number', () => {
    expect([0, 1, 2].map((label) => topK([label], [0.2, 0.2, 0.2], 3, 2))).toEqual([1, 1, 0])
    expect(topK([], [], 3, 2)).toBeNull()
  })

  it('refuses a k, a label or a table that does not fit', () => {
    expect(() => topK([0], [1, 2, 3], 3, 4)).toThrow('k must be a whole number from 1 to 3, got 4')
    expect(() => topK([3], [1, 2, 3], 3, 1)).toThrow('label 3 is no class')
    expect(() => topK([0], [1, 2], 3, 1)).toThrow('2 numbers are no rows of 3 classes')
    expect(() => topK([0, 1], [1, 2, 3], 3, 1)).toThrow('2 labels need 2 rows')
  })
})

describe('the predicted class', () => {
  it('is the highest score, of equal ones the first, and none for a row with a NaN', () => {
    expect([...predictedClasses([1, 3, 2, 5, 5, 0, 1, nan, 9, -inf, -inf, -inf, nan, 0, 0], 3)]).toEqual([1, 0, -1, 0, -1])
  })
})

describe('probabilities', () => {
  it('are right where exponentials overflow, and NaN where there is no answer', () => {
    expect([...softmax([10_000, 10_000, -10_000], 3)]).toEqual([0.5, 0.5, 0])
    expect([...softmax([inf, 0, inf], 3)]).toEqual([0.5, 0, 0.5])
    expect([...softmax([-inf, -inf], 2)]).toEqual([nan, nan])
    expect([...softmax([nan, 1, 2, 0, 0, 0], 3)]).toEqual([nan, nan, nan, 1 / 3, 1 / 3, 1 / 3])
    expect([...sigmoid([-10_000, 0, 10_000, -inf, inf, nan])]).toEqual([0, 0.5, 1, 0, 1, nan])
    expect(sigmoid([-40])[0]).toBeCloseTo(4.248354255291589e-18, 30)
  })

  it('of finite logits sum to 1 and keep their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 8 }), (logits) => {
        const shares = softmax(logits, logits.length)
        expect(shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
        for (let i = 1; i < logits.length; i++)
          if ((logits[i] as number) >= (logits[i - 1] as number)) expect(shares[i]).toBeGreaterThanOrEqual(shares[i - 1] as number)
      }),
    )
  })
})
