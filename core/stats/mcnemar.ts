import { type Computed, notDefined } from './computed.ts'
import { normalUpper } from './distributions/normal.ts'
import { logBinomial } from './special/log-gamma.ts'

export interface McNemar {
  /** Two-sided binomial p of the discordant pairs. */
  exactP: number
  /** (|b − c| − 1)² / (b + c), and its p with one degree of freedom. */
  chiSquare: number
  chiSquareP: number
}

/**
 * McNemar's test of two classifiers on the same examples: `b` only the first gets right, `c` only the second. It speaks of the examples
 * of one test set, not of seeds: never to be mixed with spread over seeds.
 */
export function mcNemar(b: number, c: number): Computed<McNemar> {
  const n = b + c
  if (n === 0) return notDefined('all-zero', 'Both get the same examples right: there is nothing to compare.')
  let tail = 0
  for (let k = 0; k <= Math.min(b, c); k++) tail += Math.exp(logBinomial(n, k) - n * Math.LN2)
  const chiSquare = Math.max(0, Math.abs(b - c) - 1) ** 2 / n
  return { defined: true, exactP: Math.min(1, 2 * tail), chiSquare, chiSquareP: Math.min(1, 2 * normalUpper(Math.sqrt(chiSquare))) }
}
