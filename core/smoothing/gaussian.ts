/** Points to each side that the kernel reaches: beyond 8σ its weight is below 1e-14 of the centre's. */
export function gaussianReach(sigma: number): number {
  return Math.ceil(8 * sigma)
}

/**
 * Gaussian-weighted mean of the finite values around each point; `sigma` in points. Weights are normalised over what is there,
 * so the ends are not pulled to 0. NaN and ±Infinity pass through.
 */
export function smoothGaussian(value: Float64Array, sigma: number): Float64Array {
  const n = value.length
  if (!(sigma > 0)) return value.slice()
  const reach = gaussianReach(sigma)
  const kernel = Float64Array.from({ length: reach + 1 }, (_, d) => Math.exp(-(d * d) / (2 * sigma * sigma)))
  const result = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const y = value[i]!
    if (y - y !== 0) {
      result[i] = y
      continue
    }
    let sum = 0
    let weight = 0
    const to = Math.min(n - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      const v = value[j]!
      if (v - v !== 0) continue
      const k = kernel[j < i ? i - j : j - i]!
      sum += k * v
      weight += k
    }
    result[i] = sum / weight
  }
  return result
}
