/** holm: error of the whole family; bh: false discovery rate; by: the same under any dependence; hommel: Holm's goal, sharper. */
export type Adjustment = 'holm' | 'hommel' | 'bh' | 'by' | 'none'

/**
 * p values adjusted for being `p.length` tests, in the order given. Holm 1979: max over smaller ones of (m − j + 1)·p(j); Benjamini and
 * Hochberg 1995: min over larger ones of m·p(j)/j; Benjamini and Yekutieli 2001: times Σ 1/j; Hommel 1988 by Wright's algorithm.
 * @throws RangeError for anything that is not a probability.
 */
export function adjustP(p: readonly number[], method: Adjustment): number[] {
  for (const value of p) if (!(value >= 0 && value <= 1)) throw new RangeError(`A p value must lie in 0 … 1, got ${value}.`)
  const m = p.length
  const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!)
  const sorted = order.map((i) => p[i]!)
  const adjusted = ADJUST[method](sorted, m)
  const result = new Array<number>(m)
  order.forEach((i, at) => {
    result[i] = Math.min(1, adjusted[at]!)
  })
  return result
}

const ADJUST: Record<Adjustment, (sorted: readonly number[], m: number) => number[]> = {
  none: (sorted) => [...sorted],
  holm: (sorted, m) => runningMax(sorted.map((value, j) => (m - j) * value)),
  bh: (sorted, m) => runningMin(sorted.map((value, j) => (m / (j + 1)) * value)),
  by: (sorted, m) => {
    const harmonic = sorted.reduce((sum, _, j) => sum + 1 / (j + 1), 0)
    return runningMin(sorted.map((value, j) => ((m * harmonic) / (j + 1)) * value))
  },
  hommel: (sorted, m) => {
    const first = Math.min(...sorted.map((value, j) => (m * value) / (j + 1)))
    const best = sorted.map((value) => Math.max(value, first))
    for (let size = m - 1; size >= 2; size--) {
      const split = m - size + 1
      const least = Math.min(...sorted.slice(split).map((value, j) => (size * value) / (j + 2)))
      const bound = sorted.slice(0, split).map((value) => Math.min(size * value, least))
      for (let i = 0; i < m; i++) best[i] = Math.max(best[i]!, bound[Math.min(i, split - 1)]!)
    }
    return best
  },
}

function runningMax(values: number[]): number[] {
  let most = 0
  return values.map((value) => {
    most = Math.max(most, value)
    return most
  })
}

function runningMin(values: number[]): number[] {
  let least = 1
  return values
    .toReversed()
    .map((value) => {
      least = Math.min(least, value)
      return least
    })
    .reverse()
}
