/** Points to each side that the kernel reaches: beyond 8σ its weight is below 1e-14 of the centre's. */
export function gaussianReach(sigma: number): number {
  return Math.ceil(8 * sigma)
}

function gaussianKernel(sigma: number): Float64Array {
  return Float64Array.from({ length: gaussianReach(sigma) + 1 }, (_, d) => Math.exp(-(d * d) / (2 * sigma * sigma)))
}

function weightedMean(value: Float64Array, at: number, kernel: Float64Array): number {
  const y = value[at]!
  if (y - y !== 0) return y
  const reach = kernel.length - 1
  const to = Math.min(value.length - 1, at + reach)
  let sum = 0
  let weight = 0
  for (let j = Math.max(0, at - reach); j <= to; j++) {
    const v = value[j]!
    if (v - v !== 0) continue
    const k = kernel[j < at ? at - j : j - at]!
    sum += k * v
    weight += k
  }
  return sum / weight
}

/**
 * Gaussian-weighted mean of the finite values around each point; `sigma` in points. Weights are normalised over what is there,
 * so the ends are not pulled to 0. NaN and ±Infinity pass through. Only every `every`-th value from `from` up to `to`
 * (exclusive) is worked out; the others are NaN.
 */
export function smoothGaussian(value: Float64Array, sigma: number, every = 1, from = 0, to = value.length): Float64Array {
  if (!(sigma > 0)) return value.slice()
  const kernel = gaussianKernel(sigma)
  const result = new Float64Array(value.length).fill(Number.NaN)
  for (let i = from; i < to; i += every) result[i] = weightedMean(value, i, kernel)
  return result
}
