import { seededRandom } from '../seeded-random.ts'
import { type Computed, notDefined, refuse } from './computed.ts'
import { isConstant, largestSize, mean, withoutNoise } from './descriptive.ts'
import type { ExactTest } from './exact-test.ts'
import { logBinomial } from './special/log-gamma.ts'

/** Up to 10 against 10 values: 184,756 splits. */
const EXACT_UP_TO = 200_000
const DRAWN = 100_000

/**
 * Permutation test of the difference of two means: the share of all ways to deal the values to two groups of these sizes whose means
 * are at least as far apart. Statistic: mean of the first − mean of the second.
 */
export function labelPermutation(first: readonly number[], second: readonly number[], seed = 0): Computed<ExactTest> {
  const refused = refuse(first, 1, 'values') ?? refuse(second, 1, 'values')
  if (refused) return refused
  const size = largestSize(first, second)
  if (isConstant([...first, ...second], size)) return notDefined('constant', 'All values of both sides are equal: every split is the same.')
  const rounded = withoutNoise([...first, ...second], size)
  const centre = mean(rounded)
  const pooled = rounded.map((value) => value - centre)
  const taken = first.length
  const distance = Math.abs(pooled.slice(0, taken).reduce((sum, value) => sum + value, 0))
  const least = distance - 1e-13 * pooled.reduce((sum, value) => sum + Math.abs(value), 0)
  const statistic = mean(first) - mean(second)
  if (!Number.isFinite(least) || !Number.isFinite(statistic)) return notDefined('out-of-range', 'The values are too large to add up.')
  const splits = Math.round(Math.exp(logBinomial(pooled.length, taken)))
  const exact = splits <= EXACT_UP_TO
  const p = least <= 0 ? 1 : exact ? splitsReaching(pooled, taken, least) / splits : drawnShare(pooled, taken, least, seed)
  // With groups of one size, swapping them gives a split just as far apart; otherwise the furthest one can stand alone.
  const floor = first.length === second.length ? 2 / splits : 1 / splits
  return {
    defined: true,
    statistic,
    p,
    floor: exact ? Math.min(1, floor) : 1 / (DRAWN + 1),
    method: exact ? 'exact' : 'monte-carlo',
    resamples: exact ? null : DRAWN,
    n: pooled.length,
  }
}

function splitsReaching(values: readonly number[], taken: number, least: number): number {
  let count = 0
  const choose = (from: number, left: number, sum: number) => {
    if (left === 0) {
      if (Math.abs(sum) >= least) count++
      return
    }
    for (let at = from; at <= values.length - left; at++) choose(at + 1, left - 1, sum + values[at]!)
  }
  choose(0, taken, 0)
  return count
}

function drawnShare(values: readonly number[], taken: number, least: number, seed: number): number {
  const random = seededRandom(seed)
  const dealt = Float64Array.from(values)
  let found = 0
  for (let draw = 0; draw < DRAWN; draw++) {
    let sum = 0
    for (let i = 0; i < taken; i++) {
      const other = i + Math.floor(random() * (dealt.length - i))
      ;[dealt[i], dealt[other]] = [dealt[other]!, dealt[i]!]
      sum += dealt[i]!
    }
    if (Math.abs(sum) >= least) found++
  }
  return (1 + found) / (1 + DRAWN)
}
