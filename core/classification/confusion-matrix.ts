import { describe } from '../describe.ts'
import { LossboardError } from '../errors.ts'

/** How often each class was taken for each. */
export interface ConfusionMatrix {
  /** counts[truth][prediction]. */
  counts: number[][]
  /** Per true class, examples nothing was predicted for (prediction −1: a score was NaN). They count as wrong. */
  unplaced: number[]
}

/** What `predictedClasses` answers for a row with a NaN. */
export const NO_PREDICTION = -1

/**
 * Counts labels against predictions.
 * @param labels class numbers, 0 to classes − 1
 * @param predictions class numbers, or −1 for none
 * @throws LossboardError `invalid_value` for other numbers or lists of different length
 */
export function confusionMatrix(labels: ArrayLike<number>, predictions: ArrayLike<number>, classes: number): ConfusionMatrix {
  const matrix = emptyConfusionMatrix(classes)
  addToConfusionMatrix(matrix, labels, predictions)
  return matrix
}

export function emptyConfusionMatrix(classes: number): ConfusionMatrix {
  if (!Number.isSafeInteger(classes) || classes < 1)
    throw new LossboardError('invalid_value', `confusion matrix: classes must be a whole number, 1 or more, got ${describe(classes)}`)
  return { counts: Array.from({ length: classes }, () => new Array<number>(classes).fill(0)), unplaced: new Array<number>(classes).fill(0) }
}

/** The same for data that comes in batches. */
export function addToConfusionMatrix({ counts, unplaced }: ConfusionMatrix, labels: ArrayLike<number>, predictions: ArrayLike<number>): void {
  if (labels.length !== predictions.length)
    throw new LossboardError('invalid_value', `confusion matrix: ${labels.length} labels need as many predictions, got ${predictions.length}`)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number
    const prediction = predictions[i] as number
    const row = counts[label]
    if (!row) throw outside('labels', i, label, counts.length)
    if (prediction === NO_PREDICTION) unplaced[label] = (unplaced[label] as number) + 1
    else if (row[prediction] === undefined) throw outside('predictions', i, prediction, counts.length)
    else row[prediction]++
  }
}

function outside(what: string, index: number, value: unknown, classes: number): LossboardError {
  return new LossboardError('invalid_value', `confusion matrix: ${what}[${index}] must be a class from 0 to ${classes - 1}, got ${describe(value)}`)
}
