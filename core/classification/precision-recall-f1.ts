import type { ConfusionMatrix } from './confusion-matrix.ts'

/** Null where there is nothing to divide by; `undefinedBecause` says why. */
export interface ClassScores {
  precision: number | null
  recall: number | null
  f1: number | null
  /** Examples of the class. */
  support: number
  /** How often it was predicted. */
  predicted: number
  undefinedBecause: 'no examples' | 'never predicted' | 'no examples and never predicted' | null
}

export interface AveragedScores {
  precision: number | null
  recall: number | null
  f1: number | null
}

export interface PrecisionRecallF1 {
  perClass: ClassScores[]
  /** Plain mean over the `macroClasses` classes that have an example or a prediction; an undefined score counts as 0. */
  macro: AveragedScores
  /** All decisions together. Precision = recall = accuracy when every example has a prediction. */
  micro: AveragedScores
  /** Mean weighted by examples; an undefined score counts as 0. */
  weighted: AveragedScores
  macroClasses: number
}

/**
 * Precision, recall and F1 of every class and their averages.
 *
 * The averages follow scikit-learn's `precision_recall_fscore_support` with `zero_division=0` and without `labels`: what is undefined
 * for a class counts as 0, and a class that neither occurs nor is predicted takes no part. They are null without examples.
 * Examples without a prediction (NaN scores) count as missed, never as a false alarm.
 */
export function precisionRecallF1({ counts, unplaced }: ConfusionMatrix): PrecisionRecallF1 {
  const tallies = counts.map((row, index) => ({
    right: row[index] ?? 0,
    support: sum(row) + (unplaced[index] ?? 0),
    predicted: sum(counts.map((other) => other[index] ?? 0)),
  }))
  const perClass = tallies.map(({ right, support, predicted }): ClassScores => {
    const absent = support === 0 ? (predicted === 0 ? 'no examples and never predicted' : 'no examples') : null
    return {
      precision: ratio(right, predicted),
      recall: ratio(right, support),
      f1: ratio(2 * right, support + predicted),
      support,
      predicted,
      undefinedBecause: absent ?? (predicted === 0 ? 'never predicted' : null),
    }
  })
  const right = sum(tallies.map((one) => one.right))
  const support = sum(tallies.map((one) => one.support))
  const predicted = sum(tallies.map((one) => one.predicted))
  const takingPart = perClass.filter((one) => one.support + one.predicted > 0)
  const mean = (weight: (one: ClassScores) => number): AveragedScores => {
    const weights = sum(takingPart.map(weight))
    const of = (score: (one: ClassScores) => number | null) =>
      support === 0 || weights === 0 ? null : sum(takingPart.map((one) => (score(one) ?? 0) * weight(one))) / weights
    return { precision: of((one) => one.precision), recall: of((one) => one.recall), f1: of((one) => one.f1) }
  }
  const micro = { precision: ratio(right, predicted) ?? 0, recall: ratio(right, support), f1: ratio(2 * right, support + predicted) }
  return {
    perClass,
    macro: mean(() => 1),
    micro: support === 0 ? { precision: null, recall: null, f1: null } : micro,
    weighted: mean((one) => one.support),
    macroClasses: takingPart.length,
  }
}

/** Share of examples whose prediction is their label; null without examples. */
export function accuracy({ counts, unplaced }: ConfusionMatrix): number | null {
  return ratio(sum(counts.map((row, index) => row[index] ?? 0)), sum(counts.map(sum)) + sum(unplaced))
}

/** How often each class was predicted. */
export function predictedCounts({ counts }: ConfusionMatrix): number[] {
  return counts.map((_, index) => sum(counts.map((row) => row[index] ?? 0)))
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
