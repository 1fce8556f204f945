import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smoothMean } from '../../../core/smoothing/centred-mean.ts'
import { smoothEma } from '../../../core/smoothing/ema.ts'
import { gaussianReach, smoothGaussian } from '../../../core/smoothing/gaussian.ts'
import { smoothBlocks } from '../../../core/smoothing/smooth-blocks.ts'
import { smoothTimeEma } from '../../../core/smoothing/time-ema.ts'

const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true })
const series = fc.array(fc.oneof({ weight: 6, arbitrary: finite }, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)), {
  minLength: 1,
  maxLength: 60,
})

function expectClose(actual: Float64Array, expected: number[]): void {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    if (Number.isFinite(value)) expect(actual[i]).toBeCloseTo(value, 7)
    else expect(actual[i]).toBe(value)
  })
}

describe('exponential moving average', () => {
  test('is TensorBoard’s rule, written out', () => {
    fc.assert(
      fc.property(series, fc.double({ min: 0, max: 0.999, noNaN: true }), (values, weight) => {
        let last = 0
        let k = 0
        const known = values.filter((v) => Number.isFinite(v))
        const constant = known.every((v) => v === known[0])
        const expected = values.map((y) => {
          if (!Number.isFinite(y) || constant) return y
          k++
          last = last * weight + (1 - weight) * y
          return last / (1 - weight ** k)
        })
        expectClose(smoothEma(Float64Array.from(values), weight), expected)
      }),
    )
  })

  test('weight 0 leaves the values, a constant is returned untouched', () => {
    expect([...smoothEma(Float64Array.of(3, 1, 2), 0)]).toEqual([3, 1, 2])
    expect([...smoothEma(Float64Array.of(0.1, 0.1, Number.NaN, 0.1), 0.9)]).toEqual([0.1, 0.1, Number.NaN, 0.1])
  })

  test('known figures: weight 0.6 over 1, 2, 3', () => {
    // s1 = 0.4, 0.4/0.4 = 1; s2 = 1.04, /0.64 = 1.625; s3 = 1.824, /0.784 = 2.3265306
    expectClose(smoothEma(Float64Array.of(1, 2, 3), 0.6), [1, 1.625, 1.824 / 0.784])
  })
})

test('centred mean is the mean of the finite neighbours', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 15 }), (values, window) => {
      const half = Math.floor(window / 2)
      const expected = values.map((y, i) => {
        if (!Number.isFinite(y)) return y
        const near = values.slice(Math.max(0, i - half), i + half + 1).filter((v) => Number.isFinite(v))
        return near.reduce((sum, v) => sum + v, 0) / near.length
      })
      expectClose(smoothMean(Float64Array.from(values), window), expected)
    }),
  )
})

test('Gaussian is the normalised kernel over the finite values', () => {
  fc.assert(
    fc.property(series, fc.double({ min: 0.3, max: 3, noNaN: true }), (values, sigma) => {
      const expected = values.map((y, i) => {
        if (!Number.isFinite(y)) return y
        let sum = 0
        let weight = 0
        values.forEach((v, j) => {
          if (!Number.isFinite(v) || Math.abs(i - j) > gaussianReach(sigma)) return
          const k = Math.exp(-((i - j) ** 2) / (2 * sigma ** 2))
          sum += k * v
          weight += k
        })
        return sum / weight
      })
      expectClose(smoothGaussian(Float64Array.from(values), sigma), expected)
    }),
  )
})

test('time-weighted mean halves the weight every half-life', () => {
  const step = Float64Array.of(0, 10, 12)
  // At 12: 8·2^(-12/2), 4·2^(-2/2), 2·1 over the sum of the weights.
  const weights = [2 ** -6, 2 ** -1, 1]
  const expected = (8 * weights[0]! + 4 * weights[1]! + 2) / (weights[0]! + weights[1]! + 1)
  expect(smoothTimeEma(step, Float64Array.of(8, 4, 2), 2)[2]).toBeCloseTo(expected, 12)
})

test('on evenly spaced steps time weighting equals the debiased EMA', () => {
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 50 }), fc.double({ min: 0.5, max: 20, noNaN: true }), (values, halfLife) => {
      const step = Float64Array.from(values, (_, i) => i * 3)
      expectClose(smoothTimeEma(step, Float64Array.from(values), halfLife), [...smoothEma(Float64Array.from(values), 2 ** (-3 / halfLife))])
    }),
  )
})

describe('blocks', () => {
  const blocks = (values: number[], size: number) => ({
    mean: Float64Array.from(values),
    count: Float64Array.from(values, () => size),
    step: Float64Array.from(values, (_, i) => (i + 1) * size - 1),
  })

  test('of one point each, an EMA is the EMA', () => {
    const values = [3, 1, 4, 1, 5]
    expectClose(smoothBlocks(blocks(values, 1), { kind: 'ema', weight: 0.7 }), [...smoothEma(Float64Array.from(values), 0.7)])
  })

  test('whose points are all alike, every smoothing at a block’s end is near the exact one', () => {
    const values = [1, 2, 3, 4, 5, 6]
    const full = Float64Array.from(values.flatMap((v) => Array<number>(100).fill(v)))
    const ends = (smoothed: Float64Array) => values.map((_, i) => smoothed[i * 100 + 99]!)
    expectClose(smoothBlocks(blocks(values, 100), { kind: 'ema', weight: 0.99 }), ends(smoothEma(full, 0.99)))
  })

  test('without a finite value give no value and do not count', () => {
    const smoothed = smoothBlocks(
      { mean: Float64Array.of(1, Number.NaN, 3), count: Float64Array.of(5, 0, 5), step: Float64Array.of(4, 9, 14) },
      { kind: 'mean', window: 1000 },
    )
    expect([...smoothed]).toEqual([2, Number.NaN, 2])
  })
})
