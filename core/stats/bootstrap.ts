import { seededRandom } from '../seeded-random.ts'
import { type Computed, notDefined, refuse } from './computed.ts'
import { isConstant } from './descriptive.ts'
import type { ConfidenceInterval } from './summary.ts'

/** Up to this many values, all n^n resamples are counted (8: 6,435 different ones), so that no chance is involved. */
const EXACT_UP_TO = 8

export interface BootstrapInterval extends ConfidenceInterval {
  /** Standard deviation of the resampled means. */
  se: number
  /** All resamples counted, not drawn. */
  exact: boolean
  /** n^n when exact, else how many were drawn. */
  resamples: number
}

/**
 * Percentile bootstrap of the mean. Ends are the smallest means with at least (1 ∓ level)/2 of the resamples at or below them.
 * With few values it is too narrow (three values: never wider than their range); the t interval is the better one below about eight.
 */
export function bootstrapMean(
  values: readonly number[],
  level: number,
  options: { seed?: number; resamples?: number } = {},
): Computed<BootstrapInterval> {
  const refused = refuse(values, 2, 'values')
  if (refused) return refused
  if (isConstant(values)) return notDefined('constant', `All ${values.length} values are equal: every resample is the same.`)
  const sorted = Array.from(Float64Array.from(values).sort())
  const exact = sorted.length <= EXACT_UP_TO
  const resampled = exact ? allMeans(sorted) : drawnMeans(sorted, options.resamples ?? 10_000, options.seed ?? 0)
  resampled.sort((a, b) => a.mean - b.mean)
  const total = resampled.reduce((sum, one) => sum + one.weight, 0)
  const centre = resampled.reduce((sum, one) => sum + one.mean * one.weight, 0) / total
  const variance = resampled.reduce((sum, one) => sum + (one.mean - centre) ** 2 * one.weight, 0) / total
  if (!Number.isFinite(variance)) return notDefined('out-of-range', 'The values are too large to resample.')
  return {
    defined: true,
    low: quantile(resampled, ((1 - level) / 2) * total),
    high: quantile(resampled, ((1 + level) / 2) * total),
    level,
    se: Math.sqrt(variance),
    exact,
    resamples: exact ? sorted.length ** sorted.length : total,
  }
}

interface Weighted {
  mean: number
  weight: number
}

function quantile(sorted: readonly Weighted[], reach: number): number {
  let seen = 0
  for (const one of sorted) {
    seen += one.weight
    // Counts are whole; the slack only takes up the rounding of share × total.
    if (seen >= reach - 1e-9) return one.mean
  }
  return sorted[sorted.length - 1]!.mean
}

/** Every multiset of n of the n values with the number of resamples that are it: n! / Π kᵢ!. */
function allMeans(values: readonly number[]): Weighted[] {
  const n = values.length
  const factorials = [1]
  for (let k = 1; k <= n; k++) factorials.push(k * factorials[k - 1]!)
  const found: Weighted[] = []
  const place = (at: number, left: number, total: number, ways: number) => {
    const share = values[at]! / n
    if (at === n - 1) found.push({ mean: total + left * share, weight: ways / factorials[left]! })
    else for (let k = 0; k <= left; k++) place(at + 1, left - k, total + k * share, ways / factorials[k]!)
  }
  place(0, n, 0, factorials[n]!)
  return found
}

function drawnMeans(values: readonly number[], resamples: number, seed: number): Weighted[] {
  const random = seededRandom(seed)
  const n = values.length
  return Array.from({ length: resamples }, () => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += values[Math.floor(random() * n)]! / n
    return { mean: sum, weight: 1 }
  })
}
