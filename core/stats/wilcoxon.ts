import { type Computed, notDefined, refuse } from './computed.ts'
import { withoutNoise } from './descriptive.ts'
import { normalUpper } from './distributions/normal.ts'
import type { ExactTest } from './exact-test.ts'
import { doubledRanks } from './ranks.ts'

/** Up to this many differences every one of the 2^n sign patterns is counted, by adding up rank sums instead of listing patterns. */
const EXACT_UP_TO = 200

/**
 * Wilcoxon's signed-rank test: zeros dropped, mid-ranks for ties, noise rounded off first. Statistic: the smaller of the two rank sums
 * (as scipy; R gives the one of positive differences). Exact also with ties.
 */
export function wilcoxonSignedRank(differences: readonly number[], size?: number): Computed<ExactTest> {
  const refused = refuse(differences, 1, 'differences')
  if (refused) return refused
  const rounded = withoutNoise(differences, size).filter((value) => value !== 0)
  const n = rounded.length
  if (n === 0) return notDefined('all-zero', 'All differences are zero: there is nothing to rank.')
  const { ranks, tieSizes } = doubledRanks(rounded.map(Math.abs))
  const total = n * (n + 1)
  const positive = ranks.reduce((sum, rank, i) => sum + (rounded[i]! > 0 ? rank : 0), 0)
  const smaller = Math.min(positive, total - positive)
  const exact = n <= EXACT_UP_TO
  return {
    defined: true,
    statistic: smaller / 2,
    p: exact ? exactP(ranks, total, smaller) : normalP(smaller / 2, n, tieSizes),
    floor: 2 ** (1 - n),
    method: exact ? 'exact' : 'normal-approximation',
    resamples: null,
    n,
  }
}

/** Shares of sign patterns by rank sum; those in the lower tail, twice, as the distribution is symmetric. */
function exactP(ranks: readonly number[], total: number, smaller: number): number {
  const share = new Float64Array(total + 1)
  share[0] = 1
  let reach = 0
  for (const rank of ranks) {
    for (let sum = reach; sum >= 0; sum--) {
      const half = share[sum]! / 2
      share[sum] = half
      share[sum + rank]! += half
    }
    reach += rank
  }
  let tail = 0
  for (let sum = 0; sum <= smaller; sum++) tail += share[sum]!
  return Math.min(1, 2 * tail)
}

function normalP(smaller: number, n: number, tieSizes: readonly number[]): number {
  const ties = tieSizes.reduce((sum, size) => sum + size ** 3 - size, 0)
  const sd = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48)
  return Math.min(1, 2 * normalUpper(((n * (n + 1)) / 4 - smaller) / sd))
}
