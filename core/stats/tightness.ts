/**
 * How much tighter a comparison of two arms gets by more runs: √(nm/(n + m)) after over before. An arm that is already the larger one
 * gains little: from 5 against 3 runs, 5 against 5 gives 1.155, 7 against 3 only 1.058.
 */
export function tightnessGain(before: readonly [number, number], after: readonly [number, number]): number {
  const weight = ([n, m]: readonly [number, number]) => (n * m) / (n + m)
  return Math.sqrt(weight(after) / weight(before))
}
