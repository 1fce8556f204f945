import { normalRandom } from '../../../core/normal-random.ts'

/**
 * A number of the Beta(a, b) distribution, in [0, 1]: X / (X + Y) of two gamma numbers, taken by their logarithms, because for small
 * parameters both can be too small for a double.
 */
export function betaRandom(a: number, b: number, random: () => number): number {
  const x = logGammaRandom(a, random)
  const y = logGammaRandom(b, random)
  return 1 / (1 + Math.exp(y - x))
}

/** Logarithm of a number of the Gamma(shape, 1) distribution (Marsaglia and Tsang, 2000; below 1: Gamma(shape + 1) · U^(1 / shape)). */
function logGammaRandom(shape: number, random: () => number): number {
  if (shape < 1) return logGammaRandom(shape + 1, random) + Math.log(1 - random()) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalRandom(random)
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    if (Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v)
  }
}
