/**
 * The x in [low, high] with f(x) = 0 for f falling from positive to negative: Newton steps that never leave the bracket, halving it
 * where a step would. Stops when the bracket or the step is as narrow as doubles allow.
 */
export function invertFalling(f: (x: number) => number, slope: (x: number) => number, low: number, high: number, start: number): number {
  let left = low
  let right = high
  let x = start
  for (let i = 0; i < 200; i++) {
    const value = f(x)
    if (value === 0) return x
    if (value > 0) left = x
    else right = x
    let next = x - value / slope(x)
    if (!(next > left && next < right)) next = Number.isFinite(right) ? (left + right) / 2 : Math.max(1, 2 * x)
    if (Math.abs(next - x) <= 2e-16 * Math.abs(next)) return next
    x = next
  }
  return x
}
