import { expect, test } from 'vitest'
import { adjustP } from '../../../core/stats/adjust.ts'
import { bootstrapMean } from '../../../core/stats/bootstrap.ts'
import type { Computed } from '../../../core/stats/computed.ts'
import { interquartileMean, mean, sampleSd } from '../../../core/stats/descriptive.ts'
import { studentQuantile } from '../../../core/stats/distributions/student-t.ts'
import { studentizedRangeQuantile } from '../../../core/stats/distributions/studentized-range.ts'
import { cliffDelta, cohenD, cohenDz, hedgesG, probabilityOfSuperiority } from '../../../core/stats/effect-sizes.ts'
import { equivalence } from '../../../core/stats/equivalence.ts'
import { friedman, nemenyiDifference } from '../../../core/stats/friedman.ts'
import { mannWhitneyU } from '../../../core/stats/mann-whitney.ts'
import { mcNemar } from '../../../core/stats/mcnemar.ts'
import { signFlip } from '../../../core/stats/sign-flip.ts'
import { intervalAround } from '../../../core/stats/summary.ts'
import { oneSampleT, pairedT, welchT } from '../../../core/stats/t-tests.ts'
import { tightnessGain } from '../../../core/stats/tightness.ts'
import { wilcoxonSignedRank } from '../../../core/stats/wilcoxon.ts'

/** The published examples that any tool must get right; figures from the literature, R and scipy, in as many digits as they were given. */
function must<T>(computed: Computed<T>): { defined: true } & T {
  if (!computed.defined) throw new Error(`${computed.code}: ${computed.reason}`)
  return computed
}

/** Half a unit in the last of the decimals given. */
function near(actual: number, expected: number, decimals: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(0.50001 * 10 ** -decimals)
}
const allNear = (actual: number[], expected: number[], decimals: number) => {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of actual.entries()) near(value, expected[i]!, decimals)
}

const sleepA = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const sleepB = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
const sleepDifferences = sleepA.map((value, i) => value - sleepB[i]!)
const darwin = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]

test('1: R’s sleep data, paired t', () => {
  const result = must(pairedT(sleepA, sleepB))
  near(result.t, -4.062127683, 9)
  expect(result.df).toBe(9)
  near(result.p, 0.002832890197, 12)
  near(result.difference, -1.58, 12)
  const ci = must(intervalAround(result.difference, result.se, result.df, 0.95))
  near(ci.low, -2.459885763, 9)
  near(ci.high, -0.700114237, 9)
  near(must(cohenDz(sleepDifferences)).value, -1.284557563, 9)
})

test('2: the same, Welch', () => {
  const result = must(welchT(sleepA, sleepB))
  near(result.t, -1.860813467, 9)
  near(result.df, 17.776473516, 9)
  near(result.p, 0.07939414, 9)
  const ci = must(intervalAround(result.difference, result.se, result.df, 0.95))
  near(ci.low, -3.365483231, 9)
  near(ci.high, 0.205483231, 9)
})

test('3: the same, effect sizes', () => {
  near(sampleSd(sleepA), 1.789009658, 9)
  near(sampleSd(sleepB), 2.002248736, 9)
  near(must(cohenD(sleepA, sleepB)).value, -0.832181081, 9)
  near(must(hedgesG(sleepA, sleepB)).value / must(cohenD(sleepA, sleepB)).value, 0.957746479, 9)
  near(must(cliffDelta(sleepA, sleepB)).value, -0.49, 12)
  expect(must(mannWhitneyU(sleepA, sleepB)).statistic).toBe(25.5)
  near(must(probabilityOfSuperiority(sleepA, sleepB)).value, 0.255, 12)
})

test('4: the same, exact Wilcoxon and sign-flip', () => {
  expect(must(wilcoxonSignedRank(sleepDifferences, 5.5)).p).toBe(2 / 512)
  expect(must(signFlip(sleepDifferences, 5.5)).p).toBe(4 / 1024)
})

test('5: Darwin’s plants', () => {
  const wilcoxon = must(wilcoxonSignedRank(darwin))
  expect(wilcoxon.statistic).toBe(24)
  expect(wilcoxon.p).toBe(0.041259765625)
  const t = must(oneSampleT(darwin))
  near(t.t, 2.147987461, 9)
  near(t.p, 0.049702944, 9)
  const ci = must(intervalAround(t.difference, t.se, t.df, 0.95))
  near(ci.low, 0.031193318, 9)
  near(ci.high, 41.835473348, 9)
  expect(must(signFlip(darwin)).p).toBe(1726 / 32768)
})

test('6: Benjamini and Hochberg’s fifteen p values', () => {
  const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
  const bh = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571429, 0.0638571429, 0.0645, 0.0765, 0.486, 0.5811818182, 0.714875, 0.7532307692]
  allNear(adjustP(p, 'bh'), [...bh, 0.8132142857, 1], 10)
  const holm = [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1]
  allNear(adjustP(p, 'holm'), holm, 12)
})

test('7: five p values by four corrections', () => {
  const p = [0.008, 0.03, 0.123, 0.6, 0.2]
  const expected = {
    holm: [0.04, 0.12, 0.369, 0.6, 0.4],
    bh: [0.04, 0.075, 0.205, 0.6, 0.25],
    by: [0.0913333333, 0.17125, 0.4680833333, 1, 0.5708333333],
    // By its definition (closed testing with Simes' test) and by statsmodels; some tables print 0.032 for the first.
    hommel: [0.04, 0.12, 0.3, 0.6, 0.4],
    none: p,
  }
  for (const method of ['holm', 'bh', 'by', 'hommel', 'none'] as const) allNear(adjustP(p, method), expected[method], 10)
})

test('8: Mann–Whitney, exact', () => {
  const result = must(mannWhitneyU([19, 22, 16, 29, 24], [20, 11, 17, 12]))
  expect(result.statistic).toBe(17)
  near(result.p, 0.111111111, 9)
})

test('9: interquartile mean and probability of improvement over tasks', () => {
  const x = [
    [1, 2],
    [2, 2],
    [1, 1],
    [2, 1],
  ]
  const y = [
    [1, 1],
    [2, 2],
    [3, 3],
  ]
  expect(interquartileMean(x.flat())).toBe(1.5)
  expect(interquartileMean(y.flat())).toBe(2)
  const perTask = [0, 1].map(
    (task) =>
      must(
        probabilityOfSuperiority(
          x.map((row) => row[task]!),
          y.map((row) => row[task]!),
        ),
      ).value,
  )
  near(mean(perTask), 1 / 3, 12)
  near(interquartileMean([3, 1, 4, 1, 5, 9, 2, 6, 5, 3]), 3.6666666667, 10)
})

test('10: Demšar’s Friedman test and Nemenyi’s critical difference', () => {
  const result = must(friedman([3.143, 2, 2.893, 1.964], 14))
  near(result.chiSquare, 9.28363, 6)
  near(result.f, 3.688893, 6)
  // The paper takes q from a table of three decimals.
  near((nemenyiDifference(4, 14, 0.05) * 2.569) / 2.569031773, 1.253544, 6)
  near((nemenyiDifference(4, 14, 0.1) * 2.291) / 2.291341497, 1.117894, 6)
  near(studentizedRangeQuantile(0.95, 4, Number.POSITIVE_INFINITY) / Math.SQRT2, 2.569031773, 9)
  near(studentizedRangeQuantile(0.9, 4, Number.POSITIVE_INFINITY) / Math.SQRT2, 2.291341497, 9)
})

test('11: quantiles of t and of the studentized range', () => {
  const expected: [number, number][] = [
    [1, 12.706204736],
    [2, 4.30265273],
    [4, 2.776445105],
    [9, 2.262157163],
    [29, 2.045229642],
    [100, 1.983971519],
  ]
  for (const [df, t] of expected) near(studentQuantile(0.975, df), t, 9)
  near(studentizedRangeQuantile(0.95, 3, 20), 3.577934725, 9)
})

test('12: how much more runs tighten a comparison', () => {
  near(tightnessGain([5, 3], [5, 5]), 1.1547005384, 10)
  near(tightnessGain([5, 3], [7, 3]), 1.0583005244, 10)
})

test('13: McNemar', () => {
  const result = must(mcNemar(5, 15))
  near(result.exactP, 0.041389465, 9)
  near(result.chiSquare, 4.05, 12)
  near(result.chiSquareP, 0.044171345, 9)
})

test('14: equivalence by two one-sided tests', () => {
  const d = [0.1, -0.2, 0.05, 0, 0.15, -0.1, 0.2, -0.05]
  near(mean(d), 0.01875, 12)
  near(sampleSd(d), 0.133463478, 9)
  const result = must(equivalence(oneSampleT(d), 0.2, 0.05))
  near(result.p, 0.003182545, 9)
  expect(result.equivalent).toBe(true)
  near(result.interval.low, -0.070648467, 9)
  near(result.interval.high, 0.108148467, 9)
})

test('15: the ideal bootstrap of five values', () => {
  const result = must(bootstrapMean([94.1, 94.5, 93.9, 94.3, 94.7], 0.95))
  expect(result).toMatchObject({ exact: true, resamples: 3125 })
  near(result.low, 94.06, 9)
  near(result.high, 94.54, 9)
  near(result.se, 0.126491106, 9)
})
