import { incompleteBeta } from '../special/incomplete-beta.ts'
import { invertFalling } from '../special/invert.ts'
import { logBeta } from '../special/log-gamma.ts'

/** P(|T| ≥ |t|) of Student's t with `df` > 0 degrees of freedom (need not be whole). */
export function studentTwoSided(t: number, df: number): number {
  const square = t * t
  if (!Number.isFinite(square)) return 0
  return incompleteBeta(df / 2, 0.5, df / (df + square), square / (df + square)).lower
}

/** P(T > t). */
export function studentUpper(t: number, df: number): number {
  const half = studentTwoSided(t, df) / 2
  return t >= 0 ? half : 1 - half
}

/** P(T ≤ t). */
export function studentCdf(t: number, df: number): number {
  return studentUpper(-t, df)
}

export function studentDensity(t: number, df: number): number {
  return Math.exp(-((df + 1) / 2) * Math.log1p((t * t) / df) - logBeta(df / 2, 0.5)) / Math.sqrt(df)
}

/** The t with P(T ≤ t) = p, for 0 < p < 1. */
export function studentQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df > 0)) throw new RangeError(`A t quantile needs 0 < p < 1 and df > 0, got p ${p}, df ${df}.`)
  if (p === 0.5) return 0
  const both = 2 * Math.min(p, 1 - p)
  // On a logarithmic scale the function is nearly straight in both tails, so Newton does not run away.
  const target = Math.log(both)
  const x = invertFalling(
    (logT) => Math.log(studentTwoSided(Math.exp(logT), df)) - target,
    (logT) => (-2 * Math.exp(logT) * studentDensity(Math.exp(logT), df)) / studentTwoSided(Math.exp(logT), df),
    -800,
    700,
    0,
  )
  return p < 0.5 ? -Math.exp(x) : Math.exp(x)
}
