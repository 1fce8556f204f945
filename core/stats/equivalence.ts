import { type Computed, notDefined } from './computed.ts'
import { studentUpper } from './distributions/student-t.ts'
import { type ConfidenceInterval, intervalAround } from './summary.ts'
import type { TTest } from './t-tests.ts'

export interface Equivalence {
  /** The larger of the two one-sided p values. */
  p: number
  margin: number
  /** p ≤ alpha: the true difference is shown to lie inside ± margin. */
  equivalent: boolean
  /** At level 1 − 2 alpha: inside ± margin exactly when equivalent. */
  interval: ConfidenceInterval
}

/**
 * Two one-sided tests (Schuirmann 1987): is the true difference inside ± margin? This, not a large p of a difference, is what shows that
 * a change costs nothing. Works on a paired or Welch t test.
 */
export function equivalence(test: Computed<TTest>, margin: number, alpha: number): Computed<Equivalence> {
  if (!(margin > 0 && Number.isFinite(margin))) return notDefined('no-margin', `A margin of equivalence must be above 0, got ${margin}.`)
  if (!test.defined) return test
  const { difference, se, df } = test
  const p = Math.max(studentUpper((difference + margin) / se, df), studentUpper((margin - difference) / se, df))
  const interval = intervalAround(difference, se, df, 1 - 2 * alpha)
  if (!interval.defined) return interval
  return { defined: true, p, margin, equivalent: p <= alpha, interval: { low: interval.low, high: interval.high, level: interval.level } }
}
