import { invertFalling } from '../special/invert.ts'

/** P(Z > x) of the standard normal: a series near 0, a continued fraction in the tail. */
export function normalUpper(x: number): number {
  if (x < 0) return 1 - normalUpper(-x)
  if (x > 38.6) return 0
  const half = (x * x) / 2
  const density = Math.exp(-half) / Math.sqrt(2 * Math.PI)
  if (x < 2.5) {
    let term = x
    let sum = x
    for (let k = 1; Math.abs(term) > 1e-17 * sum; k++) {
      term *= (x * x) / (2 * k + 1)
      sum += term
    }
    return 0.5 - density * sum
  }
  let tail = 0
  for (let k = 120; k >= 1; k--) tail = k / (x + tail)
  return density / (x + tail)
}

/** P(Z ≤ x). */
export function normalCdf(x: number): number {
  return normalUpper(-x)
}

export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
}

/** The x with P(Z ≤ x) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A quantile needs 0 < p < 1, got ${p}.`)
  if (p === 0.5) return 0
  const tail = Math.min(p, 1 - p)
  const start = Math.sqrt(-2 * Math.log(tail)) * 0.9
  const x = invertFalling(
    (z) => Math.log(normalUpper(z)) - Math.log(tail),
    (z) => -normalDensity(z) / normalUpper(z),
    0,
    38.5,
    start,
  )
  return p < 0.5 ? -x : x
}
