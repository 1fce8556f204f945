import { median } from '../../stats/descriptive.ts'

/**
 * Standard deviation of independent noise on a smooth curve: from the differences of neighbours, so that the curve's own way down does not
 * count (Rice 1984; the median makes it blind to single jumps). NaN with fewer than 4 values.
 */
export function noiseOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  if (to - from < 4) return Number.NaN
  const differences: number[] = []
  // Second differences: a straight line has none.
  for (let i = from + 1; i < to - 1; i++) differences.push(Math.abs(values[i]! - (values[i - 1]! + values[i + 1]!) / 2))
  return (1.4826 * median(differences)) / Math.sqrt(1.5)
}
