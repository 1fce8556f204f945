import { seededRandom } from '../seeded-random.ts'
import { type Computed, notDefined, refuse } from './computed.ts'
import { largestSize, mean, withoutNoise } from './descriptive.ts'
import type { ExactTest } from './exact-test.ts'

/** 2^30 patterns are counted as pairs of 2^15 half patterns. */
const EXACT_UP_TO = 30
const DRAWN = 100_000

/**
 * Sign-flip permutation test of paired differences: the share of the 2^n sign patterns whose mean is at least as far from 0.
 * Needs only that a difference would as soon be negative as positive if nothing were different. Zeros change no pattern and are dropped.
 */
export function signFlip(differences: readonly number[], size = largestSize(differences), seed = 0): Computed<ExactTest> {
  const refused = refuse(differences, 1, 'differences')
  if (refused) return refused
  const rounded = withoutNoise(differences, size).filter((value) => value !== 0)
  const n = rounded.length
  if (n === 0) return notDefined('all-zero', 'All differences are zero: every sign pattern is the same.')
  const sizes = rounded.map(Math.abs)
  const observed = Math.abs(rounded.reduce((sum, value) => sum + value, 0))
  // Sums that differ only by rounding are equal.
  const least = observed - 1e-13 * sizes.reduce((sum, value) => sum + value, 0)
  if (!Number.isFinite(least)) return notDefined('out-of-range', 'The differences are too large to add up.')
  const exact = n <= EXACT_UP_TO
  const p = least <= 0 ? 1 : exact ? (2 * patternsReaching(sizes, least)) / 2 ** n : drawnShare(sizes, least, seed)
  return {
    defined: true,
    statistic: mean(differences),
    p,
    floor: exact ? 2 ** (1 - n) : 1 / (DRAWN + 1),
    method: exact ? 'exact' : 'monte-carlo',
    resamples: exact ? null : DRAWN,
    n,
  }
}

/** How many sign patterns have a sum of at least `least` > 0: sorted sums of the two halves, walked against each other. */
function patternsReaching(sizes: readonly number[], least: number): number {
  const half = Math.floor(sizes.length / 2)
  const left = signedSums(sizes.slice(0, half))
  const right = signedSums(sizes.slice(half))
  let count = 0
  let from = right.length
  for (const sum of left) {
    while (from > 0 && sum + right[from - 1]! >= least) from--
    count += right.length - from
  }
  return count
}

function signedSums(sizes: readonly number[]): Float64Array {
  let sums = Float64Array.of(0)
  for (const size of sizes) {
    const next = new Float64Array(sums.length * 2)
    sums.forEach((sum, i) => {
      next[2 * i] = sum - size
      next[2 * i + 1] = sum + size
    })
    sums = next
  }
  return sums.sort()
}

/** (1 + patterns found) / (1 + patterns drawn), so that no p is ever 0. */
function drawnShare(sizes: readonly number[], least: number, seed: number): number {
  const random = seededRandom(seed)
  let found = 0
  for (let draw = 0; draw < DRAWN; draw++) {
    let sum = 0
    for (const size of sizes) sum += random() < 0.5 ? -size : size
    if (Math.abs(sum) >= least) found++
  }
  return (1 + found) / (1 + DRAWN)
}
