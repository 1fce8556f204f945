/**
 * TensorBoard's smoothing: s_i = w·s_(i−1) + (1−w)·y_i over finite values from s_0 = 0, shown as s_i / (1 − w^k) with k the number of
 * finite values so far. NaN and ±Infinity pass through and do not count; a constant series is returned as it is.
 * Source: tensorboard webapp/widgets/line_chart_v2/data_transformer.ts (rule only).
 */
export function smoothEma(value: Float64Array, weight: number): Float64Array {
  const n = value.length
  if (isConstant(value)) return value.slice()
  const result = new Float64Array(n)
  let last = 0
  // w^k by repeated multiplication: Math.pow per point is the slower half of this loop.
  let remaining = 1
  for (let i = 0; i < n; i++) {
    const y = value[i]!
    if (y - y !== 0) {
      result[i] = y
      continue
    }
    last = last * weight + (1 - weight) * y
    remaining *= weight
    result[i] = weight === 1 ? last : last / (1 - remaining)
  }
  return result
}

/** True when all finite values are the same number. */
function isConstant(value: Float64Array): boolean {
  let known = Number.NaN
  for (let i = 0; i < value.length; i++) {
    const y = value[i]!
    if (y - y !== 0) continue
    if (Number.isNaN(known)) known = y
    else if (y !== known) return false
  }
  return true
}
