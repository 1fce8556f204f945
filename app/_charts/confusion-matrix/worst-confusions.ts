import type { ConfusionMatrixValue } from '../../../core/kinds/values.ts'
import { totalsOf } from './matrix-data.ts'

export interface Confusion {
  truth: number
  predicted: number
  count: number
  /** Of the examples of the true class. */
  ofTruth: number
}

/** The most frequent confusions, most examples first; in order of the classes where equal. */
export function worstConfusions(value: ConfusionMatrixValue, most: number): Confusion[] {
  const { truth: examples } = totalsOf(value)
  const found: Confusion[] = []
  let least = 0
  const trim = () => {
    found.sort((a, b) => b.count - a.count || a.truth - b.truth || a.predicted - b.predicted)
    if (found.length > most) found.length = most
    if (found.length === most) least = found[most - 1]?.count ?? 0
  }
  value.counts.forEach((row, truth) => {
    row.forEach((count, predicted) => {
      if (count === 0 || truth === predicted || count < least) return
      found.push({ truth, predicted, count, ofTruth: count / examples[truth]! })
      // Sorting now and then keeps a million counts from being held at once.
      if (found.length > most * 4 + 100) trim()
    })
  })
  trim()
  return found
}
