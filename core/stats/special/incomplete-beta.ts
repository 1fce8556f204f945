import { logBeta } from './log-gamma.ts'

const TINY = 1e-300

/**
 * Regularised incomplete beta I_x(a, b) and 1 − I_x(a, b), each to full relative precision in its own tail.
 * `y` is 1 − x, given apart because a caller often knows it without cancellation. Continued fraction (Abramowitz & Stegun 26.5.8).
 */
export function incompleteBeta(a: number, b: number, x: number, y: number): { lower: number; upper: number } {
  if (x <= 0) return { lower: 0, upper: 1 }
  if (y <= 0) return { lower: 1, upper: 0 }
  // The fraction converges fast below the mean; above it the mirrored one does.
  if (x > (a + 1) / (a + b + 2)) {
    const mirrored = incompleteBeta(b, a, y, x)
    return { lower: mirrored.upper, upper: mirrored.lower }
  }
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-y)
  const logY = y < 0.5 ? Math.log(y) : Math.log1p(-x)
  const lower = (Math.exp(a * logX + b * logY - logBeta(a, b)) * fraction(a, b, x)) / a
  return { lower: Math.min(1, lower), upper: Math.max(0, 1 - lower) }
}

/** Lentz's evaluation of the continued fraction. Needs about √max(a, b) terms. */
function fraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let result = d
  const most = 200 + 20 * Math.sqrt(Math.max(a, b))
  for (let m = 1; m <= most; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    const step = d * c
    result *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return result
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
