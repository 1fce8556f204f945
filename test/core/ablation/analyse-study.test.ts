import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyseStudy } from '../../../core/ablation/analyse-study.ts'
import type { TableSettings } from '../../../core/ablation/table-settings.ts'
import { metric, must, settings, studyOf, type TestStudy } from './study-fixtures.ts'

const analyse = ({ study, facts }: TestStudy, more: Partial<TableSettings> = {}) => analyseStudy(study, facts, settings(more))
const five = { base: [94.1, 94.5, 93.9, 94.3, 94.7], less: [92.3, 92.9, 92.0, 92.6, 93.1] }

describe('a cell', () => {
  test('is n, mean, sample sd, t and bootstrap interval, median and IQM of its runs, and lists them', () => {
    const cell = analyse(studyOf(five)).cells[0]!
    const summary = must(cell.summary)
    expect(summary).toMatchObject({ n: 5, mean: 94.3, median: 94.3, min: 93.9, max: 94.7 })
    expect(must(summary.sd).value).toBeCloseTo(0.316227766, 9)
    expect(must(summary.ci)).toMatchObject({ level: 0.95, low: expect.closeTo(94.3 - 1.241664 * 0.316227766, 6) })
    expect(must(summary.bootstrap)).toMatchObject({ low: expect.closeTo(94.06, 9), high: expect.closeTo(94.54, 9), exact: true, resamples: 3125 })
    expect(cell.values.map(({ runId, seed, value }) => [runId, seed, value])).toEqual(five.base.map((value, i) => [`base-${i}`, i, value]))
  })

  test('one seed has a mean and nothing else', () => {
    const result = analyse(studyOf({ base: [1], less: [2] }))
    const summary = must(result.cells[0]!.summary)
    expect(summary).toMatchObject({ n: 1, mean: 1, sd: { defined: false, code: 'one-value' }, ci: { defined: false, code: 'one-value' } })
    expect(result.comparisons[0]).toMatchObject({
      difference: { value: 1 },
      p: { defined: false, code: 'one-value' },
      verdict: 'not-tested',
      ci: { defined: false },
    })
    expect(result.warnings.find(({ code }) => code === 'one-seed')).toMatchObject({
      text: 'All variants have one run only: no spread, no interval, no test.',
      footnote: true,
    })
    expect(result.family).toEqual({ size: 0, text: 'no tests' })
  })

  test('all equal: spread 0, and no interval', () => {
    const summary = must(analyse(studyOf({ base: [0.1 + 0.2, 0.3, 0.3] })).cells[0]!.summary)
    expect(summary).toMatchObject({ sd: { value: 0 }, ci: { defined: false, code: 'constant' }, bootstrap: { defined: false, code: 'constant' } })
  })
})

describe('a comparison', () => {
  test('is paired by seed where seeds are shared, with everything a table needs', () => {
    const result = analyse(studyOf(five), { equivalenceMargins: { acc: 3 } })
    const [one] = result.comparisons
    expect(one).toMatchObject({
      variant: 'less',
      reference: 'base',
      pairing: { paired: true, nVariant: 5, reason: 'Paired by seed (seeds 0–4; the same data by its hash).' },
      difference: { value: expect.closeTo(-1.72, 9), better: 'worse' },
      relative: { percent: expect.closeTo((-1.72 / 94.3) * 100, 9) },
      test: 'paired-t',
      verdict: 'significant',
      equivalence: { defined: true, equivalent: true },
      effects: { cliffDelta: { value: -1 }, probabilityOfImprovement: { value: 0 } },
    })
    expect(one!.tests.map(({ name, outcome }) => [name, must(outcome).p, must(outcome).floor])).toEqual([
      ['paired-t', must(one!.p).value, null],
      ['sign-flip', 0.0625, 0.0625],
      ['wilcoxon', 0.0625, 0.0625],
    ])
    expect(must(one!.seedsNeeded).n).toBe(2)
    expect(must(one!.detectable).difference).toBeLessThan(1.72)
  })

  test('the same goes by the goal: less loss is better', () => {
    const [one] = analyse(studyOf(five, { metric: metric('loss', { goal: 'min' }) })).comparisons
    expect(one).toMatchObject({ difference: { better: 'better' }, effects: { probabilityOfImprovement: { value: 1 }, cliffDelta: { value: -1 } } })
  })

  test('is Welch’s without shared seeds, and when a seed meant other data', () => {
    const apart = studyOf(five)
    for (const run of apart.study.runs) if (run.variant === 'less') run.seed! += 10
    expect(analyse(apart).comparisons[0]).toMatchObject({ test: 'welch', pairing: { paired: false, reason: 'Not paired: no seed is shared.' } })
    const other = studyOf(five)
    other.facts[7]!.dataHash = 'other data'
    const result = analyse(other)
    expect(result.comparisons[0]).toMatchObject({
      test: 'welch',
      pairing: { reason: 'Not paired: seed 2 did not mean the same data on both sides.' },
    })
    expect(result.warnings.map(({ code }) => code)).toContain('unequal-data')
  })

  test('partly shared seeds: paired on those, and said; too few shared: not paired', () => {
    const partly = studyOf({ base: five.base, less: five.less.slice(0, 4) })
    const result = analyse(partly)
    expect(result.comparisons[0]).toMatchObject({
      pairing: { paired: true, sharedSeeds: [0, 1, 2, 3], nReference: 4 },
      difference: { value: expect.closeTo(-1.75, 9) },
    })
    expect(result.warnings.find(({ code }) => code === 'partly-paired')?.text).toBe(
      'label of less and label of base are compared on their shared seeds 0–3 alone; their means are over all runs.',
    )
    const more = analyse(studyOf({ base: five.base.slice(0, 3), less: five.less }))
    expect(more.comparisons[0]!.pairing).toMatchObject({
      paired: true,
      nVariant: 3,
      reason: expect.stringContaining('2 runs without a partner are left out'),
    })
    expect(more.warnings.map(({ code }) => code)).toContain('partly-paired')
    const shared = (seeds: number) => {
      const made = studyOf(five)
      for (const run of made.study.runs) if (run.variant === 'less' && run.seed! >= seeds) run.seed! += 10
      return analyse(made).comparisons[0]!.pairing.paired
    }
    expect([0, 1, 2, 3, 4, 5].map(shared)).toEqual([false, false, false, true, true, true])
    const hardly = studyOf(five)
    for (const run of hardly.study.runs) if (run.variant === 'less' && run.seed! > 0) run.seed! += 10
    expect(analyse(hardly).comparisons[0]!.pairing).toMatchObject({ paired: false, reason: 'Not paired: only 1 of 5 seeds is shared.' })
  })

  test('constant differences have no t, but exact tests; the interval and the effect size say why not', () => {
    const [one] = analyse(studyOf({ base: [86.3, 82.1, 90, 70, 60], less: [86.6, 82.4, 90.3, 70.3, 60.3] })).comparisons
    const reason = 'All 5 differences are equal (0.3): without spread there is no t.'
    expect(one).toMatchObject({
      p: { defined: false, code: 'constant', reason },
      ci: { defined: false },
      verdict: 'not-tested',
      difference: { value: expect.closeTo(0.3, 9) },
    })
    expect(must(one!.tests[2]!.outcome)).toMatchObject({ p: 0.0625 })
    expect(one!.effects.dz).toMatchObject({ defined: false, code: 'constant' })
  })

  test('a reference of 0 has no percentage', () => {
    expect(analyse(studyOf({ base: [1, -1], less: [2, 3] })).comparisons[0]!.relative).toMatchObject({ defined: false, code: 'zero-reference' })
  })

  test('a rank test whose floor lies above alpha is out of reach, not insignificant', () => {
    const result = analyse(studyOf(five), { test: 'wilcoxon' })
    expect(result.comparisons[0]).toMatchObject({ test: 'wilcoxon', verdict: 'out-of-reach', p: { value: 0.0625 } })
    expect(result.warnings.find(({ code }) => code === 'exact-floor')?.text).toBe(
      'With 5 runs the wilcoxon test cannot give p below 0.0625: that it is not significant says nothing.',
    )
  })

  test('Holm can put a floor out of reach that a single test would pass', () => {
    const eight = { base: [1, 2, 3, 4, 5, 6, 7, 8], a: [2, 3, 4, 5, 6.5, 7, 8, 9], b: [2, 3, 4, 5, 6, 7, 8, 9.5] }
    const many = Object.fromEntries([...Object.entries(eight), ...[0, 1, 2, 3, 4, 5].map((i) => [`c${i}`, eight.a] as const)])
    expect(new Set(analyse(studyOf(eight), { test: 'sign-flip' }).comparisons.map(({ verdict }) => verdict))).toEqual(new Set(['significant']))
    expect(new Set(analyse(studyOf(many), { test: 'sign-flip' }).comparisons.map(({ verdict }) => verdict))).toEqual(new Set(['out-of-reach']))
  })

  test('chosen tests: without pairs their counterpart; none at all', () => {
    const apart = studyOf(five)
    for (const run of apart.study.runs) if (run.variant === 'less') run.seed! += 10
    expect(analyse(apart, { test: 'wilcoxon' }).comparisons[0]!.test).toBe('mann-whitney')
    expect(analyse(apart, { test: 'sign-flip' }).comparisons[0]!.test).toBe('label-permutation')
    expect(analyse(apart, { test: 'paired-t' }).comparisons[0]!.p).toMatchObject({ defined: false, code: 'no-pairs' })
    expect(analyse(studyOf(five), { test: 'welch' }).comparisons[0]).toMatchObject({ test: 'welch', pairing: { paired: true } })
    expect(analyse(studyOf(five), { test: 'none' }).comparisons[0]).toMatchObject({ test: null, p: { code: 'not-chosen' }, verdict: 'not-tested' })
  })

  test('in a chain each row is compared to the one before, unless asked otherwise', () => {
    const chain = studyOf({ a: [1, 2, 3], b: [2, 3, 5], c: [3, 4, 7] }, { shape: 'chain' })
    const references = (more: Partial<TableSettings> = {}) => analyse(chain, more).comparisons.map(({ reference }) => reference)
    expect(references()).toEqual(['a', 'b'])
    expect(references({ compareTo: 'baseline' })).toEqual(['a', 'a'])
  })

  test('margins of a % metric are in points, its values fractions', () => {
    const fractions = (values: number[]) => values.map((value) => value / 100)
    const study = studyOf({ base: fractions(five.base), less: fractions(five.less) }, { metric: metric('acc', { unit: '%' }) })
    expect(analyse(study, { equivalenceMargins: { acc: 3 } }).comparisons[0]!.equivalence).toMatchObject({ margin: 0.03, equivalent: true })
    expect(analyse(study, { equivalenceMargins: { acc: 1 } }).comparisons[0]!.equivalence).toMatchObject({ equivalent: false })
  })
})

describe('the family of tests', () => {
  const three = { base: [1, 2, 3, 4, 6], a: [1.1, 2.3, 3.2, 4.6, 6.1], b: [1.3, 2.2, 3.6, 4.2, 6.4], c: [3, 4.1, 5.2, 6, 8.3] }

  test('is every shown test that gave a p; m is said', () => {
    const result = analyse(studyOf(three))
    expect(result.family).toEqual({ size: 3, text: '3 tests (3 variants × 1 metric)' })
    const raw = result.comparisons.map(({ p }) => must(p).value)
    const least = Math.min(...raw)
    expect(must(result.comparisons[raw.indexOf(least)]!.pAdjusted).value).toBeCloseTo(3 * least, 12)
  })

  test('hidden rows are not in it and keep their own p', () => {
    const result = analyse(studyOf(three), { hiddenRows: ['a'] })
    expect(result.family.size).toBe(2)
    expect(result.comparisons[0]!.pAdjusted).toEqual(result.comparisons[0]!.p)
  })

  test('no correction leaves every p as it is', () => {
    for (const one of analyse(studyOf(three), { correction: 'none' }).comparisons) expect(one.pAdjusted).toEqual(one.p)
  })
})

test('the result is plain JSON and does not depend on the order of runs or facts', () => {
  const value = fc.double({ min: -100, max: 100, noNaN: true })
  const cell = fc.array(value, { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('base', 'a', 'b', 'c'), cell, { minKeys: 1 }), fc.nat(), (values, turn) => {
      const made = studyOf(values)
      const result = analyse(made)
      expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/)
      expect(JSON.parse(JSON.stringify(result))).toEqual(withoutUndefined(result))
      const at = turn % made.facts.length
      const turned = { study: { ...made.study, runs: made.study.runs.toReversed() }, facts: [...made.facts.slice(at), ...made.facts.slice(0, at)] }
      expect(JSON.stringify(analyse(turned))).toBe(JSON.stringify(result))
      for (const { summary } of result.cells) {
        if (!summary.defined || !summary.ci.defined) continue
        expect(summary.ci.low).toBeLessThanOrEqual(summary.mean)
        expect(summary.ci.high).toBeGreaterThanOrEqual(summary.mean)
      }
      for (const { p, pAdjusted } of result.comparisons) if (p.defined) expect(must(pAdjusted).value).toBeGreaterThanOrEqual(p.value)
    }),
    { numRuns: 25 },
  )
})

const numberWithoutSign = (value: unknown) => (Object.is(value, -0) ? 0 : value)

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined)
  if (value === null || typeof value !== 'object') return numberWithoutSign(value)
  return Object.fromEntries(Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, withoutUndefined(item)]])))
}
