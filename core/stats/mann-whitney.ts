import { type Computed, notDefined, refuse } from './computed.ts'
import { isConstant, largestSize, withoutNoise } from './descriptive.ts'
import { normalUpper } from './distributions/normal.ts'
import type { ExactTest } from './exact-test.ts'
import { doubledRanks } from './ranks.ts'
import { logBinomial } from './special/log-gamma.ts'

/** Up to this many values in both groups together, all splits are counted. */
const EXACT_UP_TO = 60

/** Mann–Whitney's test. Statistic: U of the first group, pairs where it is higher plus half the ties. Exact also with ties. */
export function mannWhitneyU(first: readonly number[], second: readonly number[]): Computed<ExactTest> {
  const refused = refuse(first, 1, 'values') ?? refuse(second, 1, 'values')
  if (refused) return refused
  const size = largestSize(first, second)
  const pooled = withoutNoise([...first, ...second], size)
  if (isConstant(pooled, size)) return notDefined('constant', 'All values of both sides are equal: there is nothing to rank.')
  const [a, b] = [first.length, second.length]
  const { ranks, tieSizes } = doubledRanks(pooled)
  const sum = ranks.slice(0, a).reduce((total, rank) => total + rank, 0)
  const u = (sum - a * (a + 1)) / 2
  const exact = a + b <= EXACT_UP_TO
  return {
    defined: true,
    statistic: u,
    p: exact ? exactP(ranks, a, sum) : normalP(u, a, b, tieSizes),
    // With ties and unequal groups the distribution is lopsided: one end can stand alone.
    floor: Math.min(1, (a === b || tieSizes.length === a + b ? 2 : 1) * Math.exp(-logBinomial(a + b, a))),
    method: exact ? 'exact' : 'normal-approximation',
    resamples: null,
    n: a + b,
  }
}

/** Counts, for each rank sum, the ways to choose `a` of the ranks; then those at least as far from the mean as `observed`. */
function exactP(ranks: readonly number[], a: number, observed: number): number {
  const most = ranks.reduce((sum, rank) => sum + rank, 0)
  const ways = Array.from({ length: a + 1 }, () => new Float64Array(most + 1))
  ways[0]![0] = 1
  let reach = 0
  for (const rank of ranks) {
    reach += rank
    for (let chosen = a; chosen >= 1; chosen--) for (let sum = reach; sum >= rank; sum--) ways[chosen]![sum]! += ways[chosen - 1]![sum - rank]!
  }
  // Compared times the number of values, so that a mean that is no whole number costs no rounding.
  const centre = a * most
  const distance = Math.abs(observed * ranks.length - centre)
  let all = 0
  let far = 0
  ways[a]!.forEach((count, sum) => {
    all += count
    if (Math.abs(sum * ranks.length - centre) >= distance) far += count
  })
  return far / all
}

/** With the correction for ties and for continuity. */
function normalP(u: number, a: number, b: number, tieSizes: readonly number[]): number {
  const n = a + b
  const ties = tieSizes.reduce((sum, size) => sum + size ** 3 - size, 0)
  const sd = Math.sqrt(((a * b) / 12) * (n + 1 - ties / (n * (n - 1))))
  return Math.min(1, 2 * normalUpper((Math.abs(u - (a * b) / 2) - 0.5) / sd))
}
