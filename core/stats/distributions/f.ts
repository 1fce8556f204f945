import { incompleteBeta } from '../special/incomplete-beta.ts'
import { logGamma } from '../special/log-gamma.ts'

/** P(F > x) with d1 and d2 degrees of freedom. */
export function fUpper(x: number, d1: number, d2: number): number {
  if (x <= 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  return incompleteBeta(d1 / 2, d2 / 2, (d1 * x) / (d1 * x + d2), d2 / (d1 * x + d2)).upper
}

/** P(F > x) for the noncentral F: a Poisson(λ/2) mixture of beta tails, summed outwards from its largest weight. */
export function noncentralFUpper(x: number, d1: number, d2: number, lambda: number): number {
  if (x <= 0) return 1
  if (lambda === 0) return fUpper(x, d1, d2)
  const share = (d1 * x) / (d1 * x + d2)
  const rest = d2 / (d1 * x + d2)
  const half = lambda / 2
  const weight = (j: number) => Math.exp(j * Math.log(half) - half - logGamma(j + 1))
  const term = (j: number) => weight(j) * incompleteBeta(d1 / 2 + j, d2 / 2, share, rest).upper
  const middle = Math.floor(half)
  let sum = 0
  for (let j = middle; j >= 0; j--) {
    sum += term(j)
    if (weight(j) < 1e-18) break
  }
  for (let j = middle + 1; ; j++) {
    sum += term(j)
    if (weight(j) < 1e-18) break
  }
  return Math.min(1, sum)
}
