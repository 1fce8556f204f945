import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aliasClasses } from '../../../core/ablation/alias-classes.ts'
import { analyseStudy } from '../../../core/ablation/analyse-study.ts'
import { type CornerValues, factorialEffects } from '../../../core/ablation/factorial-effects.ts'
import type { StudyChange, StudyVariant } from '../../../core/ablation/study.ts'
import reference from '../stats/reference-values.json'
import { must, settings, studyOf } from './study-fixtures.ts'

/** Corners of on/off factors; the baseline has all of them on. Bit i of a corner: factor i is on. */
function design(factors: readonly string[], corners: readonly number[]): StudyVariant[] {
  return corners.map((corner) => ({
    key: `c${corner}`,
    label: `c${corner}`,
    config: null,
    changes: factors.flatMap((path, i): StudyChange[] => ((corner >> i) % 2 === 1 ? [] : [{ path, from: true, to: false, folded: [] }])),
  }))
}

const cells = (values: Record<string, readonly number[]>): CornerValues[] =>
  Object.entries(values).map(([variant, list]) => ({ variant, values: list.map((value, seed) => ({ seed, value })) }))

const close = (value: number) => expect.closeTo(value, 9)

describe('a 2² design', () => {
  test('agrees with least squares in statsmodels, balanced or not', () => {
    expect(reference.factorial).toHaveLength(2)
    for (const { corners, effects, mse, df } of reference.factorial) {
      const bits = corners.map(({ a, b }) => (a ? 1 : 0) + (b ? 2 : 0))
      const values = Object.fromEntries(corners.map((corner, i) => [`c${bits[i]}`, corner.values]))
      const result = must(factorialEffects(design(['a', 'b'], [3, 2, 1, 0]), cells(values), 'acc', 0.05))
      expect(must(result.mse)).toMatchObject({ value: close(mse), df })
      expect(result.effects.map(({ factors }) => factors)).toEqual([['a'], ['b'], ['a', 'b']])
      for (const [i, effect] of result.effects.entries()) {
        const expected = effects[i]!
        expect(effect.estimate).toBeCloseTo(expected.estimate, 9)
        expect(must(effect.se)).toMatchObject({ value: close(expected.se), df })
        expect(must(effect.p).value).toBeCloseTo(expected.p, 9)
        expect(must(effect.ci)).toMatchObject({ low: close(expected.low), high: close(expected.high) })
      }
    }
  })

  test('main effect, interaction and SE √(MSE/r) as in the textbook; Shapley values are the main effects', () => {
    const values = { c0: [1, 3], c1: [4, 6], c2: [2, 4], c3: [9, 11] }
    const result = must(factorialEffects(design(['a', 'b'], [3, 2, 1, 0]), cells(values), 'acc', 0.05))
    expect(result.effects.map(({ estimate }) => estimate)).toEqual([5, 3, 2])
    expect(must(result.effects[0]!.se).value).toBeCloseTo(Math.sqrt(2 / 2), 12)
    const shapley = must(result.shapley)
    expect(shapley.total).toBe(8)
    expect(shapley.values.map(({ value, share }) => [value, must(share).percent])).toEqual([
      [5, 62.5],
      [3, 37.5],
    ])
    // Every seed has the same contrasts: nothing varies within seeds.
    expect(result.effects[0]!.withinSeeds).toMatchObject({ defined: false, code: 'constant' })
  })

  test('seeds that are good or bad in all corners are taken out within seeds', () => {
    const values = { c0: [1, 5.1, 9], c1: [2, 6, 10.1], c2: [2.1, 6, 10], c3: [3, 7, 11] }
    const [a] = must(factorialEffects(design(['a', 'b'], [3, 2, 1, 0]), cells(values), 'acc', 0.05)).effects
    expect(must(a!.p).value).toBeGreaterThan(0.5)
    expect(must(a!.withinSeeds)).toMatchObject({ df: 2 })
    expect(must(a!.withinSeeds).p).toBeLessThan(0.01)
  })

  test('one run per corner: effects without error; a missing corner: nothing, and why', () => {
    const result = must(factorialEffects(design(['a', 'b'], [3, 2, 1, 0]), cells({ c0: [1], c1: [2], c2: [3], c3: [4] }), 'acc', 0.05))
    expect(result.effects[0]).toMatchObject({ estimate: 1, se: { defined: false, code: 'one-value' }, p: { defined: false } })
    expect(factorialEffects(design(['a', 'b'], [3, 2, 1, 0]), cells({ c0: [1], c1: [2], c2: [3] }), 'acc', 0.05)).toMatchObject({
      code: 'missing-cells',
      reason: '1 of 4 corners have no value.',
    })
    expect(factorialEffects(design(['a', 'b'], [3, 2, 1]), cells({ c1: [1], c2: [2], c3: [3] }), 'acc', 0.05)).toMatchObject({
      code: 'missing-cells',
      reason: '3 of 4 corners are there, and they are no regular fraction of the design.',
    })
  })
})

test('Shapley values sum to the whole way and, in any design, do not care for the order of the factors', () => {
  const value = fc.double({ min: -50, max: 50, noNaN: true })
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 4 }), fc.infiniteStream(value), (k, stream) => {
      const corners = Array.from({ length: 2 ** k }, (_, i) => 2 ** k - 1 - i)
      const names = ['a', 'b', 'c', 'd'].slice(0, k)
      const values = Object.fromEntries(corners.map((corner) => [`c${corner}`, [stream.next().value as number, stream.next().value as number]]))
      const result = must(factorialEffects(design(names, corners), cells(values), 'acc', 0.05))
      const { total, values: shares } = must(result.shapley)
      expect(shares.reduce((sum, one) => sum + one.value, 0)).toBeCloseTo(total, 9)
      // Grand mean, and half of every effect with its sign, give each corner back.
      const grand = result.corners.reduce((sum, corner) => sum + corner.mean, 0) / corners.length
      for (const corner of result.corners) {
        const sum = result.effects.reduce((all, effect) => {
          const lows = effect.factors.filter((name) => !corner.levels[names.indexOf(name)]).length
          return all + (lows % 2 === 0 ? 1 : -1) * (effect.estimate / 2)
        }, grand)
        expect(sum).toBeCloseTo(corner.mean, 9)
      }
    }),
    { numRuns: 30 },
  )
})

describe('a fraction', () => {
  /** C = AB: the corners of three factors with an odd number of them on. */
  const half = [7, 1, 2, 4]

  test('2^(3−1) with C = AB: resolution III, each main effect aliased with an interaction of two', () => {
    const result = must(factorialEffects(design(['a', 'b', 'c'], half), cells({ c7: [4, 5], c1: [1, 2], c2: [2, 3], c4: [0, 1] }), 'acc', 0.05))
    expect(result).toMatchObject({ design: 'fractional', resolution: 3, shapley: { defined: false, code: 'missing-cells' } })
    expect(result.effects.map(({ factors, aliases }) => [factors.join(''), aliases.map(({ factors, sign }) => [factors.join(''), sign])])).toEqual([
      ['a', [['bc', 1]]],
      ['b', [['ac', 1]]],
      ['c', [['ab', 1]]],
    ])
  })

  test.each([
    [
      '2^(4−1), D = ABC',
      4,
      (c: number) => [...Array(3).keys()].reduce((sign, i) => sign * ((c >> i) % 2 === 1 ? 1 : -1), 1) === ((c >> 3) % 2 === 1 ? 1 : -1),
      4,
    ],
    [
      '2^(5−2), D = AB, E = AC',
      5,
      (c: number) => {
        const s = (i: number) => ((c >> i) % 2 === 1 ? 1 : -1)
        return s(3) === s(0) * s(1) && s(4) === s(0) * s(2)
      },
      3,
    ],
  ])('%s', (_, k, holds, resolution) => {
    const corners = [...Array(2 ** k).keys()].filter(holds)
    const found = aliasClasses(k, corners)!
    expect(found.classes).toHaveLength(corners.length - 1)
    const order = (word: number) => word.toString(2).replaceAll('0', '').length
    expect(Math.min(...found.defining.map(order))).toBe(resolution)
    // Every effect is in one class or mixed up with the mean.
    expect(found.classes.reduce((sum, { aliases }) => sum + 1 + aliases.length, found.defining.length)).toBe(2 ** k - 1)
  })

  test('the opposite sign is an alias, too', () => {
    const even = [6, 5, 3, 0]
    const result = must(factorialEffects(design(['a', 'b', 'c'], even), cells({ c6: [4], c5: [1], c3: [2], c0: [0] }), 'acc', 0.05))
    expect(result.effects[0]!.aliases).toEqual([{ factors: ['b', 'c'], sign: -1 }])
  })
})

test('settings that always change together are one factor; three values are no two-level factor', () => {
  const both = (on: boolean): StudyChange[] =>
    on
      ? []
      : [
          { path: 'a', from: true, to: false, folded: [] },
          { path: 'width', from: 8, to: 16, folded: [] },
        ]
  const other = (on: boolean): StudyChange[] => (on ? [] : [{ path: 'b', from: 'x', to: 'none', folded: [] }])
  const variants = [3, 2, 1, 0].map(
    (corner): StudyVariant => ({ key: `c${corner}`, label: '', config: null, changes: [...both(corner % 2 === 1), ...other(corner >> 1 === 1)] }),
  )
  const values = cells({ c0: [1, 3], c1: [4, 6], c2: [2, 4], c3: [9, 11] })
  const result = must(factorialEffects(variants, values, 'acc', 0.05))
  expect(result.factors).toEqual([
    { path: 'a + width', low: 'false, 16', high: 'true, 8' },
    { path: 'b', low: 'none', high: 'x' },
  ])
  expect(result.effects[0]).toMatchObject({ factors: ['a + width'], estimate: 5 })
  const wide = [...variants, { key: 'c9', label: '', config: null, changes: [{ path: 'b', from: 'x', to: 'y', folded: [] }] }]
  expect(factorialEffects(wide, values, 'acc', 0.05)).toMatchObject({
    code: 'out-of-range',
    reason: 'b has 3 values: effects are computed for two-level designs.',
  })
})

test('a study of factorial shape carries its effects, or why it has none', () => {
  const changes = Object.fromEntries(design(['a', 'b'], [3, 2, 1, 0]).map(({ key, changes }) => [key, changes]))
  const whole = studyOf({ c3: [9, 11], c2: [2, 4], c1: [4, 6], c0: [1, 3] }, { shape: 'factorial', changes })
  expect(analyseStudy(whole.study, whole.facts, settings()).factorial[0]).toMatchObject({ metric: 'acc', design: 'full' })
  const broken = studyOf({ c3: [9, 11], c2: [2, 4], c1: [4, 6], c0: [] }, { shape: 'factorial', changes })
  const result = analyseStudy(broken.study, broken.facts, settings())
  expect(result.factorial).toEqual([])
  expect(result.factorialMissing).toMatchObject([{ metric: 'acc', why: { reason: '1 of 4 corners have no value.' } }])
})
