/** Godfrey's coefficients of the Lanczos series for g = 607/128: relative error below 1e-15 for x > 0. */
const G = 607 / 128
const COEFFICIENTS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202, 3.399464998481189e-5, 4.652362892704858e-5,
  -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
]

/** ln Γ(x) for x > 0, by the Lanczos series below 10 and Stirling's above. */
export function logGamma(x: number): number {
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + stirlingRest(x)
  // Near 0 the pole is split off first, or the sum would round it away.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  let sum = COEFFICIENTS[0]!
  for (let i = 1; i < COEFFICIENTS.length; i++) sum += COEFFICIENTS[i]! / (x + i - 1)
  const t = x + G - 0.5
  return (x - 0.5) * Math.log(t) - t + 0.5 * Math.log(2 * Math.PI) + Math.log(sum)
}

/** What Stirling's formula lacks of ln Γ(x), x ≥ 10: Bernoulli numbers B(2k) / (2k(2k−1)x^(2k−1)), cut where it no longer matters. */
function stirlingRest(x: number): number {
  const r = 1 / (x * x)
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - r * (691 / 360360 - r * (1 / 156))))))) / x
}

/** ln B(a, b). Where an argument is large, the big parts of the three log-gammas are cancelled by hand before anything is rounded. */
export function logBeta(a: number, b: number): number {
  const p = Math.min(a, b)
  const q = Math.max(a, b)
  const share = p / (p + q)
  if (p >= 10) {
    const rest = stirlingRest(p) + stirlingRest(q) - stirlingRest(p + q)
    return 0.5 * Math.log((2 * Math.PI) / q) + rest + (p - 0.5) * Math.log(share) + q * Math.log1p(-share)
  }
  if (q >= 10) return logGamma(p) + stirlingRest(q) - stirlingRest(p + q) + p - p * Math.log(p + q) + (q - 0.5) * Math.log1p(-share)
  return logGamma(p) + logGamma(q) - logGamma(p + q)
}

/** ln of the number of ways to choose k of n. */
export function logBinomial(n: number, k: number): number {
  return k === 0 || k === n ? 0 : -Math.log(n + 1) - logBeta(n - k + 1, k + 1)
}
