import { describe, expect, test } from 'vitest'
import { adjustP } from '../../../core/stats/adjust.ts'
import { bootstrapMean } from '../../../core/stats/bootstrap.ts'
import type { Computed } from '../../../core/stats/computed.ts'
import { largestSize } from '../../../core/stats/descriptive.ts'
import { fUpper, noncentralFUpper } from '../../../core/stats/distributions/f.ts'
import { normalCdf, normalQuantile, normalUpper } from '../../../core/stats/distributions/normal.ts'
import { studentCdf, studentQuantile, studentUpper } from '../../../core/stats/distributions/student-t.ts'
import { studentizedRangeQuantile } from '../../../core/stats/distributions/studentized-range.ts'
import { cohenD, cohenDz } from '../../../core/stats/effect-sizes.ts'
import { equivalence } from '../../../core/stats/equivalence.ts'
import { labelPermutation } from '../../../core/stats/label-permutation.ts'
import { mannWhitneyU } from '../../../core/stats/mann-whitney.ts'
import { power, seedsNeeded } from '../../../core/stats/power.ts'
import { signFlip } from '../../../core/stats/sign-flip.ts'
import { incompleteBeta } from '../../../core/stats/special/incomplete-beta.ts'
import { logGamma } from '../../../core/stats/special/log-gamma.ts'
import { intervalAround, meanInterval, summarise } from '../../../core/stats/summary.ts'
import { pairedT, welchT } from '../../../core/stats/t-tests.ts'
import { wilcoxonSignedRank } from '../../../core/stats/wilcoxon.ts'
import reference from './reference-values.json'

function must<T>(computed: Computed<T>): { defined: true } & T {
  if (!computed.defined) throw new Error(`${computed.code}: ${computed.reason}`)
  return computed
}

/** Relative agreement, 1e-9 unless said. */
function agree(actual: number, expected: number, relative = 1e-9): void {
  const scale = Math.max(Math.abs(expected), 1e-300)
  if (!(Math.abs(actual - expected) <= relative * scale)) expect(actual).toBe(expected)
}

type Row = number[]
const each = <T>(rows: T[], check: (row: T) => void) => {
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) check(row)
}

describe(`as scipy ${reference.versions.scipy} and statsmodels ${reference.versions.statsmodels}`, () => {
  test('special functions, to 1e-12', () => {
    each(reference.logGamma as Row[], ([x, value]) => agree(logGamma(x!), value!, 1e-12))
    each(reference.incompleteBeta as Row[], ([a, b, x, lower, upper]) => {
      const found = incompleteBeta(a!, b!, x!, 1 - x!)
      agree(found.lower, lower!, 1e-12)
      agree(found.upper, upper!, 1e-12)
    })
  })

  test('distributions and their quantiles, to 1e-12', () => {
    each(reference.normal as Row[], ([x, lower, upper]) => {
      agree(normalCdf(x!), lower!, 1e-12)
      agree(normalUpper(x!), upper!, 1e-12)
    })
    each(reference.normalQuantile as Row[], ([p, x]) => agree(normalQuantile(p!), x!, 1e-12))
    each(reference.student as Row[], ([t, df, lower, upper]) => {
      agree(studentCdf(t!, df!), lower!, 1e-12)
      agree(studentUpper(t!, df!), upper!, 1e-12)
    })
    each(reference.studentQuantile as Row[], ([p, df, t]) => agree(studentQuantile(p!, df!), t!, 1e-12))
    each(reference.f as Row[], ([x, a, b, upper]) => agree(fUpper(x!, a!, b!), upper!, 1e-12))
    each(reference.noncentralF as Row[], ([x, a, b, lambda, upper]) => agree(noncentralFUpper(x!, a!, b!, lambda!), upper!, 1e-11))
  })

  test('studentized range, to the 1e-8 that scipy’s own integration gives', () => {
    each(reference.studentizedRange as Row[], ([p, k, df, q]) => agree(studentizedRangeQuantile(p!, k!, df!), q!, 1e-8))
  })

  test('summaries and intervals of a mean', () => {
    each(reference.summary, (row) => {
      const found = must(summarise(row.values))
      for (const key of ['mean', 'median', 'iqm'] as const) agree(found[key], row[key])
      agree(must(found.sd).value, row.sd)
      agree(must(found.se).value, row.se)
      const interval = must(meanInterval(row.values, 0.95))
      agree(interval.low, row.low)
      agree(interval.high, row.high)
    })
  })

  test('the ideal bootstrap, all resamples listed', () => {
    each(reference.bootstrap, (row) => {
      const found = must(bootstrapMean(row.values, 0.95))
      agree(found.low, row.low)
      agree(found.high, row.high)
      agree(found.se, row.se)
    })
  })

  test('paired tests', () => {
    each(reference.paired, (row) => {
      const differences = row.a.map((value, i) => value - row.b[i]!)
      const size = largestSize(row.a, row.b)
      const found = must(pairedT(row.a, row.b))
      agree(found.t, row.t)
      agree(found.p, row.p)
      const interval = must(intervalAround(found.difference, found.se, found.df, 0.95))
      agree(interval.low, row.low)
      agree(interval.high, row.high)
      agree(must(cohenDz(differences, size)).value, row.dz)
      const ranked = must(wilcoxonSignedRank(differences, size))
      expect([ranked.statistic, ranked.p]).toEqual([row.wilcoxonW, row.wilcoxonP])
      expect(must(signFlip(differences, size)).p).toBe(row.signFlipP)
    })
  })

  test('unpaired tests', () => {
    each(reference.unpaired, (row) => {
      const found = must(welchT(row.a, row.b))
      agree(found.t, row.t)
      agree(found.df, row.df)
      agree(found.p, row.p)
      const interval = must(intervalAround(found.difference, found.se, found.df, 0.95))
      agree(interval.low, row.low)
      agree(interval.high, row.high)
      agree(must(cohenD(row.a, row.b)).value, row.d)
      const ranked = must(mannWhitneyU(row.a, row.b))
      expect(ranked.statistic).toBe(row.u)
      agree(ranked.p, row.mannWhitneyP, 1e-14)
      agree(must(labelPermutation(row.a, row.b)).p, row.labelPermutationP, 1e-14)
    })
  })

  test('Mann–Whitney as scipy computes it, exact and asymptotic', () => {
    each(reference.mannWhitney, (row) => {
      const found = must(mannWhitneyU(row.a, row.b))
      expect(found.method).toBe(row.method === 'exact' ? 'exact' : 'normal-approximation')
      expect(found.statistic).toBe(row.u)
      agree(found.p, row.p)
    })
  })

  test('corrections for many tests', () => {
    each(reference.adjust, (row) => {
      for (const method of ['holm', 'bh', 'by', 'hommel'] as const)
        for (const [i, value] of adjustP(row.p, method).entries()) agree(value, row[method][i]!)
    })
  })

  test('equivalence', () => {
    each(reference.tost, (row) => {
      const found = must(equivalence(pairedT(row.a, row.b), row.margin, 0.05))
      agree(found.p, row.p)
      agree(found.interval.low, row.low)
      agree(found.interval.high, row.high)
    })
  })

  test('power and the seeds it takes', () => {
    each(reference.powerIndependent as Row[], ([d, n, value]) => agree(power('independent', d!, n!, 0.05), value!))
    each(reference.powerPaired as Row[], ([d, n, value]) => agree(power('paired', d!, n!, 0.05), value!))
    each(reference.seedsIndependent as Row[], ([d, n]) => expect(must(seedsNeeded('independent', d!, 0.05)).n).toBe(n))
    each(reference.seedsPaired as Row[], ([d, n]) => expect(must(seedsNeeded('paired', d!, 0.05)).n).toBe(n))
  })
})
