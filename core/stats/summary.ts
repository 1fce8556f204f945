import { type Computed, finiteValue, notDefined } from './computed.ts'
import { interquartileMean, isConstant, mean, median, sampleSd } from './descriptive.ts'
import { studentQuantile } from './distributions/student-t.ts'

export interface Summary {
  n: number
  /** Compensated sum over n. */
  mean: number
  /** Sample standard deviation, n − 1; not defined for one value. Exactly 0 where all values agree. */
  sd: Computed<{ value: number }>
  /** sd / √n. */
  se: Computed<{ value: number }>
  median: number
  /** Interquartile mean; equals the mean below four values. */
  iqm: number
  min: number
  max: number
  /** NaN and ±Infinity, not in any figure. */
  leftOut: number
}

/** Figures of a sample. NaN and infinite values are left out and counted; the caller says so. */
export function summarise(values: readonly number[]): Computed<Summary> {
  const finite = values.filter((value) => Number.isFinite(value))
  const leftOut = values.length - finite.length
  const n = finite.length
  if (n === 0)
    return leftOut > 0 ? notDefined('not-finite', `All ${leftOut} values are NaN or infinite.`) : notDefined('no-values', 'There are no values.')
  const deviation = n === 1 ? null : isConstant(finite) ? 0 : sampleSd(finite)
  const spread = (value: number): Computed<{ value: number }> =>
    deviation === null ? notDefined('one-value', 'One value has no spread.') : finiteValue(value)
  return {
    defined: true,
    n,
    mean: mean(finite),
    sd: spread(deviation ?? 0),
    se: spread((deviation ?? 0) / Math.sqrt(n)),
    median: median(finite),
    iqm: interquartileMean(finite),
    min: Math.min(...finite),
    max: Math.max(...finite),
    leftOut,
  }
}

export interface ConfidenceInterval {
  low: number
  high: number
  /** E.g. 0.95. */
  level: number
}

/** Student's interval of a mean: mean ± t((1 + level)/2, n − 1) · sd/√n. Assumes values that scatter about normally. */
export function meanInterval(values: readonly number[], level: number): Computed<ConfidenceInterval> {
  const summary = summarise(values)
  if (!summary.defined) return summary
  if (!summary.se.defined) return summary.se
  if (summary.se.value === 0) return notDefined('constant', `All ${summary.n} values are equal: there is no spread to make an interval of.`)
  return intervalAround(summary.mean, summary.se.value, summary.n - 1, level)
}

/** centre ± t · se. */
export function intervalAround(centre: number, se: number, df: number, level: number): Computed<ConfidenceInterval> {
  const half = studentQuantile((1 + level) / 2, df) * se
  const [low, high] = [centre - half, centre + half]
  if (!Number.isFinite(low) || !Number.isFinite(high)) return notDefined('out-of-range', 'The values are too large to compute an interval.')
  return { defined: true, low, high, level }
}
