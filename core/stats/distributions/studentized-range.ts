import { logGamma } from '../special/log-gamma.ts'
import { normalCdf, normalDensity } from './normal.ts'

/** Points and weights of Gauss–Legendre quadrature on [−1, 1], by Newton's method on the Legendre polynomial. */
const RULE = gaussLegendre(24)

function gaussLegendre(n: number): { x: number; weight: number }[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 1
    for (let step = 0; step < 20; step++) {
      let before = 0
      let value = 1
      for (let k = 1; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k]
      slope = (n * (x * value - before)) / (x * x - 1)
      x -= value / slope
    }
    return { x, weight: 2 / ((1 - x * x) * slope * slope) }
  })
}

function integrate(f: (x: number) => number, from: number, to: number, panels: number): number {
  const width = (to - from) / panels
  let sum = 0
  for (let panel = 0; panel < panels; panel++) for (const { x, weight } of RULE) sum += weight * f(from + width * (panel + (x + 1) / 2))
  return (sum * width) / 2
}

/** P(range of k standard normals ≤ w). */
function rangeCdf(w: number, k: number): number {
  return integrate((z) => k * normalDensity(z) * (normalCdf(z) - normalCdf(z - w)) ** (k - 1), -8.5, 8.5 + w, 4)
}

/** P(Q ≤ q) of the studentized range of k means with `df` degrees of freedom (Infinity allowed). Absolute error about 1e-11. */
export function studentizedRangeCdf(q: number, k: number, df: number): number {
  if (q <= 0) return 0
  if (df === Number.POSITIVE_INFINITY) return rangeCdf(q, k)
  // s = √(χ²/df): density 2 (df/2)^(df/2) / Γ(df/2) · s^(df−1) e^(−df s²/2)
  const constant = Math.log(2) + (df / 2) * Math.log(df / 2) - logGamma(df / 2)
  const spread = 1 / Math.sqrt(2 * df)
  const from = Math.max(1e-12, 1 - 10 * spread)
  const density = (s: number) => Math.exp(constant + (df - 1) * Math.log(s) - (df * s * s) / 2)
  return integrate((s) => density(s) * rangeCdf(q * s, k), from, 1 + 14 * spread, 2)
}

/** The q with P(Q ≤ q) = p, by the secant rule inside a bracket. */
export function studentizedRangeQuantile(p: number, k: number, df: number): number {
  if (!(p > 0 && p < 1 && k >= 2 && df >= 2)) throw new RangeError(`A studentized range needs 0 < p < 1, k ≥ 2, df ≥ 2, got ${p}, ${k}, ${df}.`)
  let low = 0
  let high = 1
  while (studentizedRangeCdf(high, k, df) < p) {
    low = high
    high *= 2
  }
  let below = studentizedRangeCdf(low, k, df) - p
  let above = studentizedRangeCdf(high, k, df) - p
  for (let i = 0; i < 60 && high - low > 1e-12 * high; i++) {
    const cut = low - (below * (high - low)) / (above - below)
    // Regula falsi alone creeps when the curve is bent: every third step halves.
    const middle = i % 3 === 2 || !(cut > low && cut < high) ? (low + high) / 2 : cut
    const value = studentizedRangeCdf(middle, k, df) - p
    if (value === 0) return middle
    if (value < 0) [low, below] = [middle, value]
    else [high, above] = [middle, value]
  }
  return (low + high) / 2
}
