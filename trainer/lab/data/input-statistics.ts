/** What a batch source feeds, in a few numbers. Over finite values; null when there are none. */
export interface InputStatistics {
  rows: number
  mean: number | null
  /** Population standard deviation. */
  std: number | null
  min: number | null
  max: number | null
  /** NaN and infinite values. */
  notFinite: number
  /** Values that are exactly 0. */
  zeros: number
}

/** Statistics of `rows` rows as they are fed to the model, all values together. */
export function inputStatistics(values: ArrayLike<number>, rows: number): InputStatistics {
  let finite = 0
  let zeros = 0
  let mean = 0
  let squares = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) continue
    // Welford: no cancellation far from zero.
    finite++
    const difference = value - mean
    mean += difference / finite
    squares += difference * (value - mean)
    if (value === 0) zeros++
    if (value < min) min = value
    if (value > max) max = value
  }
  const some = finite > 0
  return {
    rows,
    mean: some ? mean : null,
    std: some ? Math.sqrt(squares / finite) : null,
    min: some ? min : null,
    max: some ? max : null,
    notFinite: values.length - finite,
    zeros,
  }
}
