/** Sum with Neumaier's compensation: the rounding error of each addition is kept and added at the end. */
function compensatedSum(values: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const value of values) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}

/** A power of two near the largest size, so that scaling by it is exact and squares neither overflow nor vanish. */
function scaleOf(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return largest === 0 ? 1 : 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))))
}

/** Arithmetic mean of finite values; at least one. Never outside their range. */
export function mean(values: readonly number[]): number {
  const scale = scaleOf(values)
  const raw = (compensatedSum(values.map((value) => value / scale)) / values.length) * scale
  return Math.min(Math.max(raw, Math.min(...values)), Math.max(...values))
}

/** Sample standard deviation (n − 1) of at least two finite values: two passes, with the mean's rounding taken out again. */
export function sampleSd(values: readonly number[]): number {
  const n = values.length
  const scale = scaleOf(values)
  const scaled = values.map((value) => value / scale)
  const centre = mean(scaled)
  const deviations = scaled.map((value) => value - centre)
  const inner = scaleOf(deviations)
  const squares = compensatedSum(deviations.map((deviation) => (deviation / inner) ** 2)) - compensatedSum(deviations.map((d) => d / inner)) ** 2 / n
  return Math.sqrt(Math.max(0, squares) / (n - 1)) * inner * scale
}

/** Middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : sorted[half - 1]! / 2 + sorted[half]! / 2
}

/** Interquartile mean: the mean once ⌊n/4⌋ values are cut at each end (scipy's `trim_mean(…, 0.25)`, rliable's IQM). */
export function interquartileMean(values: readonly number[]): number {
  const cut = Math.floor(values.length / 4)
  const sorted = Array.from(Float64Array.from(values).sort())
  return mean(sorted.slice(cut, sorted.length - cut))
}

/** Below it doubles lose their digits one by one: no measurement is meant. */
const TINIEST = 1e-290

/** Decimals beyond which a value of this size is rounding noise; 12 for everyday sizes (0.01 to 999). */
function noiseDecimals(size: number): number {
  if (size === 0) return 12
  const exponent = Math.floor(Math.log10(size))
  if (exponent > 2) return 14 - exponent
  return exponent < -2 ? 10 - exponent : 12
}

/**
 * Values with floating-point noise rounded off, so that ties are ties: 86.6 − 86.3 and 82.4 − 82.1 are both 0.3. `size` is the largest
 * of the numbers they were computed from. For comparing and ranking only; means are taken of the values as they are.
 */
export function withoutNoise(values: readonly number[], size = Math.max(0, ...values.map(Math.abs))): number[] {
  if (size < TINIEST) return values.map(() => 0)
  const decimals = noiseDecimals(size)
  return values.map((value) => {
    const [digits = '0', exponent = '0'] = value.toExponential().split('e')
    const shifted = Math.round(Number(`${digits}e${Number(exponent) + decimals}`))
    const rounded = Object.is(shifted, -0) ? 0 : Number(`${shifted}e${-decimals}`)
    // The very largest doubles have nothing above them to be rounded to.
    return Number.isFinite(rounded) ? rounded : value
  })
}

/** True when all values are the same number but for rounding noise. */
export function isConstant(values: readonly number[], size?: number): boolean {
  const rounded = withoutNoise(values, size)
  return rounded.every((value) => value === rounded[0])
}

/** Largest absolute value of several lists: the scale their differences' rounding noise is judged by. */
export function largestSize(...lists: readonly (readonly number[])[]): number {
  return lists.reduce((most, list) => list.reduce((inner, value) => Math.max(inner, Math.abs(value)), most), 0)
}
