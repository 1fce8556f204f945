import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Adjustment, adjustP } from '../../../core/stats/adjust.ts'
import { bootstrapMean } from '../../../core/stats/bootstrap.ts'
import type { Computed } from '../../../core/stats/computed.ts'
import { mean, sampleSd, withoutNoise } from '../../../core/stats/descriptive.ts'
import { studentCdf, studentQuantile } from '../../../core/stats/distributions/student-t.ts'
import { cliffDelta, cohenD, cohenDz, hedgesG, probabilityOfSuperiority } from '../../../core/stats/effect-sizes.ts'
import { equivalence } from '../../../core/stats/equivalence.ts'
import { friedman } from '../../../core/stats/friedman.ts'
import { labelPermutation } from '../../../core/stats/label-permutation.ts'
import { mannWhitneyU } from '../../../core/stats/mann-whitney.ts'
import { mcNemar } from '../../../core/stats/mcnemar.ts'
import { detectableEffect, power, seedsNeeded } from '../../../core/stats/power.ts'
import { signFlip } from '../../../core/stats/sign-flip.ts'
import { meanInterval, summarise } from '../../../core/stats/summary.ts'
import { oneSampleT, pairedT, welchT } from '../../../core/stats/t-tests.ts'
import { wilcoxonSignedRank } from '../../../core/stats/wilcoxon.ts'

function must<T>(computed: Computed<T>): { defined: true } & T {
  if (!computed.defined) throw new Error(`${computed.code}: ${computed.reason}`)
  return computed
}

const codeOf = (computed: Computed<object>) => (computed.defined ? 'defined' : computed.code)

/** Every number anywhere in a result. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : []
}

const any = fc.double()
const usual = fc.double({ min: -1000, max: 1000, noNaN: true })
const sample = (value: fc.Arbitrary<number>, minLength = 0) => fc.array(value, { minLength, maxLength: 7 })

test('no function ever gives NaN or infinity, whatever it is given', () => {
  fc.assert(
    fc.property(sample(any), sample(any), (a, b) => {
      const results = [
        summarise(a),
        meanInterval(a, 0.95),
        bootstrapMean(a, 0.95),
        oneSampleT(a),
        pairedT(a, b),
        welchT(a, b),
        wilcoxonSignedRank(a),
        signFlip(a),
        mannWhitneyU(a, b),
        labelPermutation(a, b),
        cohenD(a, b),
        hedgesG(a, b),
        cohenDz(a),
        cliffDelta(a, b),
        probabilityOfSuperiority(a, b),
        equivalence(welchT(a, b), 1, 0.05),
        seedsNeeded('paired', a[0] ?? 0, 0.05),
      ]
      for (const result of results) expect(numbersIn(result).filter((value) => !Number.isFinite(value))).toEqual([])
    }),
    {
      numRuns: 300,
      examples: [
        [[1.797693134862315e308], [1.797693134862315e308]],
        [
          [1e308, -1e308, 1e308],
          [1e308, 1.7e308],
        ],
        [
          [0, 0],
          [0, -5e-324],
        ],
        [[1e-320, 2e-320, 4e-320], [5e-324]],
      ],
    },
  )
})

describe('what is not defined says why', () => {
  test('one value', () => {
    expect(
      [meanInterval([1], 0.95), bootstrapMean([1], 0.95), oneSampleT([1]), welchT([1], [1, 2]), cohenD([1], [2, 3]), cohenDz([1])].map(codeOf),
    ).toEqual(new Array(6).fill('one-value'))
    expect(must(summarise([1]))).toMatchObject({ n: 1, mean: 1, sd: { code: 'one-value', reason: 'One value has no spread.' } })
  })

  test('no values, NaN, and how many', () => {
    expect(summarise([])).toMatchObject({ code: 'no-values' })
    expect(must(summarise([1, Number.NaN, 3, Number.POSITIVE_INFINITY]))).toMatchObject({ n: 2, mean: 2, leftOut: 2 })
    expect(summarise([Number.NaN])).toMatchObject({ code: 'not-finite', reason: 'All 1 values are NaN or infinite.' })
    expect(welchT([1, 2], [Number.NaN, 3])).toMatchObject({ code: 'not-finite', reason: '1 of 2 values are NaN or infinite.' })
  })

  test('constant differences, noise or not: five equal ones still have an exact p', () => {
    const a = [86.6, 82.4, 1.3, 7.7, 50.3]
    const b = [86.3, 82.1, 1, 7.4, 50]
    expect(pairedT(a, b)).toMatchObject({ code: 'constant', reason: 'All 5 differences are equal (0.3): without spread there is no t.' })
    const differences = a.map((value, i) => value - b[i]!)
    expect(new Set(differences).size).toBeGreaterThan(1)
    expect(must(wilcoxonSignedRank(differences, 86.6)).p).toBe(0.0625)
    expect(must(signFlip(differences, 86.6)).p).toBe(0.0625)
  })

  test('ties that only rounding noise hides are ties', () => {
    const noisy = [86.6 - 86.3, 82.1 - 82.4, 1.3 - 1, 7.7 - 7.4, 50 - 50.3, 60.5 - 60]
    expect(new Set(noisy.map(Math.abs)).size).toBeGreaterThan(2)
    const clean = [3, -3, 3, 3, -3, 5]
    expect(must(wilcoxonSignedRank(noisy, 86.6))).toEqual(must(wilcoxonSignedRank(clean)))
    expect(must(signFlip(noisy, 86.6)).p).toBe(must(signFlip(clean)).p)
    expect(must(cliffDelta([86.6 - 86.3], [82.4 - 82.1])).value).toBe(0)
  })

  test('all equal, all zero, unequal lengths, no margin, no effect', () => {
    expect(
      [welchT([1, 1], [2, 2]), mannWhitneyU([1, 1], [1]), labelPermutation([1], [1]), meanInterval([2, 2], 0.9), bootstrapMean([2, 2], 0.9)].map(
        codeOf,
      ),
    ).toEqual(new Array(5).fill('constant'))
    expect([wilcoxonSignedRank([0, 0]), signFlip([0]), mcNemar(0, 0)].map(codeOf)).toEqual(new Array(3).fill('all-zero'))
    expect(pairedT([1, 2], [1]).defined ? '' : codeOf(pairedT([1, 2], [1]))).toBe('unequal-lengths')
    expect([equivalence(oneSampleT([1, 2]), 0, 0.05), equivalence(oneSampleT([1, 2]), Number.NaN, 0.05)].map(codeOf)).toEqual([
      'no-margin',
      'no-margin',
    ])
    expect([seedsNeeded('paired', 0, 0.05), seedsNeeded('independent', 1e-4, 0.05), friedman([1, 2, 3], 5)].map(codeOf)).toEqual([
      'out-of-range',
      'out-of-range',
      'constant',
    ])
    expect(() => adjustP([0.5, Number.NaN], 'holm')).toThrow('A p value must lie in 0 … 1, got NaN.')
  })
})

describe('exact tests', () => {
  test('cannot go below 2/2^n: 0.25, 0.125, 0.0625, 0.03125 …', () => {
    const floors = [3, 4, 5, 6, 8, 10].map((n) => must(wilcoxonSignedRank(Array.from({ length: n }, (_, i) => i + 1))))
    expect(floors.map(({ floor }) => floor)).toEqual([0.25, 0.125, 0.0625, 0.03125, 0.0078125, 0.001953125])
    for (const { p, floor } of floors) expect(p).toBe(floor)
    expect(must(labelPermutation([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]))).toMatchObject({ p: 2 / 252, floor: 2 / 252 })
    expect(must(mannWhitneyU([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).p).toBeCloseTo(2 / 252, 14)
  })

  test('reach their floor and never pass it; do not care for order or sign', () => {
    fc.assert(
      fc.property(sample(usual, 1), fc.array(usual, { minLength: 1, maxLength: 5 }), (a, b) => {
        for (const result of [wilcoxonSignedRank(a), signFlip(a), mannWhitneyU(a, b), labelPermutation(a, b)])
          if (result.defined) {
            expect(result.p).toBeGreaterThanOrEqual(result.floor * (1 - 1e-12))
            expect(result.p).toBeLessThanOrEqual(1)
          }
        const p = (result: Computed<{ p: number }>) => (result.defined ? result.p : result.code)
        const close = (one: number | string, other: number | string) =>
          typeof one === 'number' ? expect(one).toBeCloseTo(other as number, 12) : expect(one).toBe(other)
        const minus = a.map((value) => -value)
        close(p(wilcoxonSignedRank(a.toReversed())), p(wilcoxonSignedRank(minus)))
        close(p(signFlip(a.toReversed())), p(signFlip(minus)))
        close(p(mannWhitneyU(a, b)), p(mannWhitneyU(b, a.toReversed())))
        close(p(labelPermutation(a, b)), p(labelPermutation(b.toReversed(), a)))
      }),
    )
  })

  test('sign-flip of 20 and of 30 pairs counts every pattern; of 31 it draws, the same ones each time', () => {
    const differences = Array.from({ length: 31 }, (_, i) => Math.sin(i * 7) + 0.3)
    expect(must(signFlip(differences.slice(0, 20))).method).toBe('exact')
    const exact = must(signFlip(differences.slice(0, 30)))
    expect(exact).toMatchObject({ method: 'exact', resamples: null, floor: 2 ** -29 })
    const drawn = must(signFlip(differences))
    expect(drawn).toMatchObject({ method: 'monte-carlo', resamples: 100_000, floor: 1 / 100_001 })
    expect(must(signFlip(differences))).toEqual(drawn)
    expect(Math.abs(drawn.p - must(signFlip(differences.slice(0, 30))).p)).toBeLessThan(0.1)
  })

  test('as listing all sign patterns says', () => {
    const whole = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 9 })
    fc.assert(
      fc.property(whole, (differences) => {
        const kept = differences.filter((value) => value !== 0)
        const total = Math.abs(kept.reduce((sum, value) => sum + value, 0))
        let far = 0
        for (let pattern = 0; pattern < 2 ** kept.length; pattern++)
          if (Math.abs(kept.reduce((sum, value, i) => sum + ((pattern >> i) % 2 === 1 ? value : -value), 0)) >= total) far++
        const result = signFlip(differences)
        if (kept.length > 0) expect(must(result).p).toBe(far / 2 ** kept.length)
      }),
    )
  })
})

describe('corrections', () => {
  const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })

  test('never lower a p, keep its place, and do not care for order', () => {
    fc.assert(
      fc.property(p, fc.constantFrom<Adjustment[]>('holm', 'hommel', 'bh', 'by'), fc.nat(), (values, method, turn) => {
        const adjusted = adjustP(values, method)
        for (const [i, value] of adjusted.entries()) {
          expect(value).toBeGreaterThanOrEqual(values[i]!)
          expect(value).toBeLessThanOrEqual(1)
          for (const [j, other] of values.entries()) if (other < values[i]!) expect(adjusted[j]!).toBeLessThanOrEqual(value)
        }
        const at = values.length === 0 ? 0 : turn % values.length
        const turned = [...values.slice(at), ...values.slice(0, at)]
        expect(adjustP(turned, method)).toEqual([...adjusted.slice(at), ...adjusted.slice(0, at)])
        const [holm, hommel, bh] = [adjustP(values, 'holm'), adjustP(values, 'hommel'), adjustP(values, 'bh')]
        for (const i of values.keys()) {
          expect(hommel[i]!).toBeLessThanOrEqual(holm[i]! + 1e-12)
          expect(bh[i]!).toBeLessThanOrEqual(hommel[i]! + 1e-12)
        }
      }),
    )
  })
})

describe('intervals and moments', () => {
  test('contain the mean, and shift and scale with the data', () => {
    fc.assert(
      fc.property(sample(usual, 2), (values) => {
        const centre = mean(values)
        for (const interval of [meanInterval(values, 0.95), bootstrapMean(values, 0.95)])
          if (interval.defined) {
            expect(interval.low).toBeLessThanOrEqual(centre + 1e-9)
            expect(interval.high).toBeGreaterThanOrEqual(centre - 1e-9)
          }
        expect(sampleSd(values.map((value) => value * 4))).toBeCloseTo(4 * sampleSd(values), 9)
      }),
    )
  })

  test('large values with a small spread, and values near the largest double, lose nothing', () => {
    expect(sampleSd([1e15 + 1, 1e15 + 2, 1e15 + 3])).toBe(1)
    expect(mean([1.7e308, 1.7e308, 1.7e308])).toBe(1.7e308)
    expect(mean([1e16, 1, -1e16])).toBeCloseTo(1 / 3, 15)
  })

  test('noise is rounded off, digits are not', () => {
    expect(withoutNoise([86.6 - 86.3, 82.4 - 82.1], 86.6)).toEqual([0.3, 0.3])
    expect(withoutNoise([1e-9, 2e-9], 2e-9)).toEqual([1e-9, 2e-9])
    expect(withoutNoise([123456789.25, 0, -0])).toEqual([123456789.25, 0, 0])
  })

  test('the bootstrap draws the same resamples every time, and says that it drew', () => {
    const values = Array.from({ length: 12 }, (_, i) => Math.sin(i))
    const drawn = must(bootstrapMean(values, 0.95))
    expect(drawn).toMatchObject({ exact: false, resamples: 10_000 })
    expect(bootstrapMean(values.toReversed(), 0.95)).toEqual(drawn)
    expect(drawn.se).toBeCloseTo((sampleSd(values) * Math.sqrt(11 / 12)) / Math.sqrt(12), 2)
  })
})

test('a t quantile and its distribution undo each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), fc.double({ min: 0.6, max: 400, noNaN: true }), (p, df) => {
      expect(Math.abs(studentCdf(studentQuantile(p, df), df) - p)).toBeLessThan(1e-12 * Math.max(p, 1e-3))
    }),
  )
})

test('power grows with n and effect, and the seeds it takes are the least that do', () => {
  fc.assert(
    fc.property(fc.constantFrom('paired' as const, 'independent' as const), fc.double({ min: 0.1, max: 5, noNaN: true }), (design, effect) => {
      const { n } = must(seedsNeeded(design, effect, 0.05))
      expect(power(design, effect, n, 0.05)).toBeGreaterThanOrEqual(0.8)
      if (n > 2) expect(power(design, effect, n - 1, 0.05)).toBeLessThan(0.8)
      expect(must(detectableEffect(design, n, 0.05)).effect).toBeLessThanOrEqual(effect * (1 + 1e-9))
    }),
    { numRuns: 40 },
  )
})
