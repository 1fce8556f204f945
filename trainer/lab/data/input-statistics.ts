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
  let shift = 0
  let sum = 0
  let squares = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) continue
    // Sums are of differences to the first value: a large mean costs no digits.
    if (finite++ === 0) shift = value
    const difference = value - shift
    sum += difference
    squares += difference * difference
    // Not a branch: in images zeros come too irregularly to be guessed.
    zeros += Number(value === 0)
    if (value < min) min = value
    if (value > max) max = value
  }
  const some = finite > 0
  const mean = sum / finite
  return {
    rows,
    mean: some ? shift + mean : null,
    std: some ? Math.sqrt(Math.max(0, squares / finite - mean * mean)) : null,
    min: some ? min : null,
    max: some ? max : null,
    notFinite: values.length - finite,
    zeros,
  }
}
