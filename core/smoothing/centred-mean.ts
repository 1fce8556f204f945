/**
 * Mean of the finite values among the `window` points centred on each point (window is rounded up to odd), fewer at the ends.
 * NaN and ±Infinity pass through.
 */
export function smoothMean(value: Float64Array, window: number): Float64Array {
  const n = value.length
  const half = Math.max(0, Math.floor(window / 2))
  const result = new Float64Array(n)
  // A running sum would collect rounding errors for ever: it is begun afresh every `half + 1` points.
  const fresh = half + 1
  let sum = 0
  let count = 0
  for (let i = 0; i < n; i++) {
    if (i % fresh === 0) {
      sum = 0
      count = 0
      for (let j = Math.max(0, i - half); j <= Math.min(n - 1, i + half); j++) {
        const y = value[j]!
        if (y - y === 0) {
          sum += y
          count++
        }
      }
    } else {
      const entering = value[i + half]
      if (entering !== undefined && entering - entering === 0) {
        sum += entering
        count++
      }
      const leaving = i - half - 1 >= 0 ? value[i - half - 1]! : Number.NaN
      if (leaving - leaving === 0) {
        sum -= leaving
        count--
      }
    }
    const y = value[i]!
    result[i] = y - y === 0 ? sum / count : y
  }
  return result
}
