import type { ConfusionMatrixValue } from '../../../core/kinds/values.ts'

/** What the colour of a cell counts: examples, their share of the true class (rows add up to 1), or of the predicted one (columns do). */
export const NORMALISATIONS = ['counts', 'rows', 'columns'] as const
export type Normalisation = (typeof NORMALISATIONS)[number]

/** A stretch of classes, the end left out. */
export type ClassRange = readonly [from: number, to: number]

export interface MatrixView {
  rows: ClassRange
  columns: ClassRange
}

export interface ConfusionMatrixData {
  title: string
  value: ConfusionMatrixValue
  normalise: Normalisation
  /** Classes in view; null: all. */
  view: MatrixView | null
}

export interface MatrixTotals {
  /** Examples of each class, those without a prediction included. */
  truth: Float64Array
  /** How often each class was predicted. */
  predicted: Float64Array
  right: number
  examples: number
  unplaced: number
}

const known = new WeakMap<ConfusionMatrixValue, MatrixTotals>()

/** Sums over all classes, whatever is in view. Computed once per matrix: a thousand classes have a million counts. */
export function totalsOf(value: ConfusionMatrixValue): MatrixTotals {
  const found = known.get(value)
  if (found) return found
  const size = value.classes.length
  const totals: MatrixTotals = { truth: new Float64Array(size), predicted: new Float64Array(size), right: 0, examples: 0, unplaced: 0 }
  value.counts.forEach((row, truth) => {
    let sum = value.unplaced[truth] ?? 0
    totals.unplaced += sum
    row.forEach((count, predicted) => {
      sum += count
      totals.predicted[predicted]! += count
    })
    totals.truth[truth] = sum
    totals.examples += sum
    totals.right += row[truth] ?? 0
  })
  known.set(value, totals)
  return totals
}
