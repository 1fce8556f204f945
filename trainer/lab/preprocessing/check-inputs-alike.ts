import type { FindingValue } from '../../../core/kinds/values.ts'
import { inputStatistics } from '../data/input-statistics.ts'

/** Rows of a split as they are fed to the model. */
export interface FedRows {
  split: string
  values: Float32Array
  n: number
}

/** Differences of the mean above this many training deviations, and deviations this many times larger or smaller, are suspicious … */
const FAR = 0.25
const WIDE = 1.5
/** … when they are also this many standard errors: a small sample differs by chance. */
const STANDARD_ERRORS = 6
const FEWEST_ROWS = 10

/**
 * A finding when the inputs of a split lie elsewhere, or are spread otherwise, than those of the training split: the sign of a transform
 * left out, found without any fingerprint. Compares mean and spread over all values; the rows are what varies independently.
 * Null when they are alike, or when either has fewer than 10 rows.
 */
export function checkInputsAlike(train: FedRows, other: FedRows): FindingValue | null {
  if (train.n < FEWEST_ROWS || other.n < FEWEST_ROWS) return null
  const before = inputStatistics(train.values, train.n)
  const now = inputStatistics(other.values, other.n)
  if (before.mean === null || before.std === null || now.mean === null || now.std === null) return null
  const centre = before.mean
  const means = compare(
    rowMeans(train, (x) => x),
    rowMeans(other, (x) => x),
  )
  const spreads = compare(
    rowMeans(train, (x) => (x - centre) ** 2),
    rowMeans(other, (x) => (x - centre) ** 2),
  )
  const distance = before.std > 0 ? Math.abs(now.mean - before.mean) / before.std : now.mean === before.mean ? 0 : Number.POSITIVE_INFINITY
  const ratio = before.std > 0 ? now.std / before.std : now.std === 0 ? 1 : Number.POSITIVE_INFINITY
  const far = distance > FAR && means > STANDARD_ERRORS
  const wide = (ratio > WIDE || ratio < 1 / WIDE) && spreads > STANDARD_ERRORS
  if (!far && !wide) return null
  const say = (value: number) => String(Number(value.toPrecision(3)))
  return {
    code: 'inputs-differ',
    severity: 'warning',
    title: `The ${other.split} inputs lie far from the ${train.split} inputs`,
    detail: `Mean ${say(now.mean)} and deviation ${say(now.std)} (${other.n} rows of ${other.split}) against ${say(before.mean)} and ${say(before.std)} (${train.n} rows of ${train.split}). Was one of them not put through the same preprocessing, or does it come from elsewhere?`,
    evidence: {
      [train.split]: { ...before },
      [other.split]: { ...now },
      distanceInDeviations: Number.isFinite(distance) ? distance : null,
      deviationRatio: Number.isFinite(ratio) ? ratio : null,
    },
  }
}

/** Mean of `f` over the finite values of each row; rows without any are left out. */
function rowMeans({ values, n }: FedRows, f: (value: number) => number): number[] {
  const size = values.length / n
  return Array.from({ length: n }, (_, row) => {
    let sum = 0
    let count = 0
    for (let i = row * size; i < (row + 1) * size; i++)
      if (Number.isFinite(values[i]!)) {
        sum += f(values[i]!)
        count++
      }
    return sum / count
  }).filter(Number.isFinite)
}

/** Difference of two means in standard errors (Welch). */
function compare(a: number[], b: number[]): number {
  const [first, second] = [inputStatistics(a, a.length), inputStatistics(b, b.length)]
  const error = Math.hypot((first.std ?? 0) / Math.sqrt(a.length), (second.std ?? 0) / Math.sqrt(b.length))
  const difference = Math.abs((first.mean ?? 0) - (second.mean ?? 0))
  return error > 0 ? difference / error : difference > 0 ? Number.POSITIVE_INFINITY : 0
}
