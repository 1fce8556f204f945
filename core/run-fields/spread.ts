/** Mean and spread of a column over a group of runs, and what was left out of it. */
export interface Spread {
  /** Mean of the n finite values; NaN when n is 0. */
  mean: number
  /** Sample standard deviation (n − 1); null when n < 2. */
  sd: number | null
  /** Finite values. */
  n: number
  /** NaN and ±Infinity, left out of mean and sd. */
  nonFinite: number
  /** Runs without a value. */
  missing: number
}

/** Two passes, so that values far from zero with a small spread lose no digits. */
export function spreadOf(values: readonly (number | undefined)[]): Spread {
  let n = 0
  let nonFinite = 0
  let mean = 0
  for (const value of values) {
    if (value === undefined) continue
    if (!Number.isFinite(value)) {
      nonFinite++
      continue
    }
    n++
    mean += (value - mean) / n
  }
  let squares = 0
  for (const value of values) if (value !== undefined && Number.isFinite(value)) squares += (value - mean) ** 2
  return { mean: n === 0 ? Number.NaN : mean, sd: n < 2 ? null : Math.sqrt(squares / (n - 1)), n, nonFinite, missing: values.length - n - nonFinite }
}
