/**
 * Mean of all finite values so far, each weighted by 2^(−distance / halfLife), where distance is in steps. For evenly spaced steps it is the
 * debiased EMA with weight 2^(−spacing / halfLife); unlike it, a gap makes the past count less. NaN and ±Infinity pass through.
 */
export function smoothTimeEma(step: Float64Array, value: Float64Array, halfLife: number): Float64Array {
  const n = value.length
  const result = new Float64Array(n)
  let sum = 0
  let weight = 0
  let lastStep = Number.NaN
  // Steps are mostly evenly spaced, and a power costs more than the rest of the loop.
  let lastGap = Number.NaN
  let decayOfGap = 0
  for (let i = 0; i < n; i++) {
    const y = value[i]!
    if (y - y !== 0) {
      result[i] = y
      continue
    }
    const gap = step[i]! - lastStep
    if (weight > 0 && gap !== lastGap) {
      lastGap = gap
      decayOfGap = 2 ** (-gap / halfLife)
    }
    sum = sum * decayOfGap + y
    weight = weight * decayOfGap + 1
    lastStep = step[i]!
    result[i] = sum / weight
  }
  return result
}
