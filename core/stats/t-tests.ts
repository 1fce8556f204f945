import { type Computed, notDefined, refuse } from './computed.ts'
import { isConstant, largestSize, mean, sampleSd } from './descriptive.ts'
import { studentTwoSided } from './distributions/student-t.ts'

export interface TTest {
  /** Mean of the differences, or difference of the means (first − second). */
  difference: number
  se: number
  t: number
  df: number
  /** Two-sided. */
  p: number
}

/**
 * Student's t test of differences against 0: t = d̄ / (s_d/√n), n − 1 degrees of freedom. `size`: largest of the numbers the differences
 * were taken from, by which rounding noise is told from spread.
 */
export function oneSampleT(differences: readonly number[], size = largestSize(differences)): Computed<TTest> {
  const refused = refuse(differences, 2, 'differences')
  if (refused) return refused
  const n = differences.length
  if (isConstant(differences, size)) {
    const value = mean(differences)
    return notDefined('constant', `All ${n} differences are equal (${Number(value.toPrecision(6))}): without spread there is no t.`)
  }
  const se = sampleSd(differences) / Math.sqrt(n)
  return outcome(mean(differences), se, n - 1)
}

/** Paired t test of first − second, position by position. */
export function pairedT(first: readonly number[], second: readonly number[]): Computed<TTest> {
  if (first.length !== second.length)
    return notDefined('unequal-lengths', `Pairs need equal numbers of values, got ${first.length} and ${second.length}.`)
  return oneSampleT(
    first.map((value, i) => value - second[i]!),
    largestSize(first, second),
  )
}

/** Welch's t test: unequal variances, Satterthwaite's degrees of freedom. */
export function welchT(first: readonly number[], second: readonly number[]): Computed<TTest> {
  const refused = refuse(first, 2, 'values') ?? refuse(second, 2, 'values')
  if (refused) return refused
  const size = largestSize(first, second)
  const variance = (values: readonly number[]) => (isConstant(values, size) ? 0 : sampleSd(values) ** 2 / values.length)
  const a = variance(first)
  const b = variance(second)
  if (a + b === 0) return notDefined('constant', 'Neither side varies: without spread there is no t.')
  const df = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1))
  return outcome(mean(first) - mean(second), Math.sqrt(a + b), df)
}

function outcome(difference: number, se: number, df: number): Computed<TTest> {
  const t = difference / se
  if (!Number.isFinite(t) || !Number.isFinite(df)) return notDefined('out-of-range', 'The values are too large or too small for a t test.')
  return { defined: true, difference, se, t, df, p: studentTwoSided(t, df) }
}
