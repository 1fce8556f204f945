import { median } from '../../stats/descriptive.ts'
import { normalUpper } from '../../stats/distributions/normal.ts'

export interface Trend {
  /** Change per step. */
  slope: number
  /** Slope over its standard error; 0 without any change, infinite for a straight line without noise. */
  t: number
  /** Standard deviation around the line. */
  residual: number
}

/** Least squares of values on steps, from `from` up to `to`. NaN with fewer than 3 values. */
export function regress(step: ArrayLike<number>, value: ArrayLike<number>, from: number, to: number): Trend {
  const n = to - from
  if (n < 3) return { slope: Number.NaN, t: Number.NaN, residual: Number.NaN }
  let meanStep = 0
  let meanValue = 0
  for (let i = from; i < to; i++) {
    meanStep += step[i]! / n
    meanValue += value[i]! / n
  }
  let xx = 0
  let xy = 0
  let yy = 0
  for (let i = from; i < to; i++) {
    const x = step[i]! - meanStep
    const y = value[i]! - meanValue
    xx += x * x
    xy += x * y
    yy += y * y
  }
  const slope = xx > 0 ? xy / xx : 0
  const residual = Math.sqrt(Math.max(0, yy - slope * xy) / (n - 2))
  const error = residual / Math.sqrt(xx)
  return { slope, t: slope === 0 ? 0 : slope / error, residual }
}

/** At most so many values are compared in pairs; longer stretches are thinned evenly. */
const MOST_PAIRED = 60

/** Median of the slopes between all pairs (Theil–Sen), and how likely so much order is by chance (Mann–Kendall, two-sided). */
export function robustTrend(step: ArrayLike<number>, value: ArrayLike<number>, from: number, to: number): { slope: number; p: number } {
  const every = Math.max(1, Math.ceil((to - from) / MOST_PAIRED))
  const at: number[] = []
  for (let i = to - 1; i >= from; i -= every) at.push(i)
  const n = at.length
  if (n < 3) return { slope: Number.NaN, p: 1 }
  const slopes: number[] = []
  let s = 0
  for (let a = 1; a < n; a++)
    for (let b = 0; b < a; b++) {
      const rise = value[at[b]!]! - value[at[a]!]!
      slopes.push(rise / (step[at[b]!]! - step[at[a]!]!))
      s += Math.sign(rise)
    }
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  return { slope: median(slopes), p: Math.min(1, 2 * normalUpper(Math.max(0, Math.abs(s) - 1) / deviation)) }
}
