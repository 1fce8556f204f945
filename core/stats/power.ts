import { type Computed, notDefined } from './computed.ts'
import { noncentralFUpper } from './distributions/f.ts'
import { studentQuantile } from './distributions/student-t.ts'

export type Design = 'paired' | 'independent'

/** More seeds than this are never run: the search for n ends here. */
const MOST_SEEDS = 100_000

/** Beyond it power is 1 for any usual alpha and the sum has too many terms. Taking it smaller can only understate power. */
const MOST_NONCENTRALITY = 20_000

/**
 * Power of a two-sided t test at level alpha for a true standardised effect: d_z over `n` pairs, or Cohen's d over two arms of `n` (and
 * `otherN`). t² is noncentral F with one degree of freedom, so both tails are counted.
 */
export function power(design: Design, effect: number, n: number, alpha: number, otherN = n): number {
  const df = design === 'paired' ? n - 1 : n + otherN - 2
  const weight = design === 'paired' ? n : (n * otherN) / (n + otherN)
  if (df < 1) throw new RangeError(`Power needs at least two ${design === 'paired' ? 'pairs' : 'runs per arm'}, got ${n}.`)
  const critical = studentQuantile(1 - alpha / 2, df)
  return noncentralFUpper(critical * critical, 1, df, Math.min(MOST_NONCENTRALITY, effect * effect * weight))
}

/** The least n (pairs, or runs per arm) whose power reaches `wanted`, if the true effect is `effect`. */
export function seedsNeeded(design: Design, effect: number, alpha: number, wanted = 0.8): Computed<{ n: number; effect: number; power: number }> {
  if (!Number.isFinite(effect)) return notDefined('not-finite', 'The effect is not a number.')
  if (effect === 0) return notDefined('out-of-range', 'An effect of 0 is not found with any number of seeds.')
  let high = 2
  while (power(design, effect, high, alpha) < wanted) {
    if (high >= MOST_SEEDS) return notDefined('out-of-range', `The effect is so small that more than ${MOST_SEEDS} seeds are needed.`)
    high = Math.min(MOST_SEEDS, high * 2)
  }
  let low = 1
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (power(design, effect, middle, alpha) >= wanted) high = middle
    else low = middle
  }
  return { defined: true, n: high, effect, power: power(design, effect, high, alpha) }
}

/** The smallest standardised effect that n pairs (or arms of n and `otherN`) find with power `wanted`. */
export function detectableEffect(design: Design, n: number, alpha: number, wanted = 0.8, otherN = n): Computed<{ effect: number }> {
  if (n < 2 || otherN < 2) return notDefined('one-value', 'One seed finds no difference of any size.')
  let low = 0
  let high = 1
  while (power(design, high, n, alpha, otherN) < wanted) {
    if (high > 1000) return notDefined('out-of-range', 'So few seeds find no difference of any sensible size at this level.')
    high *= 2
  }
  for (let i = 0; i < 60 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2
    if (power(design, middle, n, alpha, otherN) < wanted) low = middle
    else high = middle
  }
  return { defined: true, effect: (low + high) / 2 }
}
