import { confusionMatrix as count } from '../core/classification/confusion-matrix.ts'
import { LossboardError } from '../core/errors.ts'
import { checkKeys } from './check-keys.ts'
import { type RecordValue, record } from './record-value.ts'

export interface ConfusionMatrixOptions {
  /** Names in the order of their numbers. Default: the numbers themselves. */
  classes?: readonly string[]
  /** True classes, as numbers from 0. With `predictions`. */
  labels?: ArrayLike<number>
  /** Predicted classes; −1 where there is none, because the scores are NaN say. Counted as wrong. */
  predictions?: ArrayLike<number>
  /** Ready counts instead, counts[truth][prediction]. */
  counts?: readonly (readonly number[])[]
  /** What was evaluated, such as `test`. */
  split?: string
}

/**
 * A confusion matrix to log: counted from labels and predictions, or ready counts.
 * @throws LossboardError `invalid_value` when numbers are no classes or sizes do not fit, `invalid_option` for an unknown option
 */
export function confusionMatrix(options: ConfusionMatrixOptions): RecordValue {
  checkKeys('confusionMatrix', options, ['classes', 'labels', 'predictions', 'counts', 'split'])
  const { labels, predictions, counts, split = null } = options
  if (counts) {
    if (labels || predictions) throw new LossboardError('invalid_value', 'confusionMatrix: give counts, or labels and predictions, not both')
    const classes = names(options.classes, counts.length)
    return record('confusion-matrix', { split, classes, counts: counts.map((row) => [...row]), unplaced: classes.map(() => 0) })
  }
  if (!labels || !predictions) throw new LossboardError('invalid_value', 'confusionMatrix: needs labels and predictions, or counts')
  const classes = names(options.classes, Math.max(highest(labels), highest(predictions)) + 1)
  return record('confusion-matrix', { split, classes, ...count(labels, predictions, classes.length) })
}

function names(classes: readonly string[] | undefined, n: number): string[] {
  return classes ? [...classes] : Array.from({ length: Math.max(1, n) }, (_, index) => String(index))
}

function highest(numbers: ArrayLike<number>): number {
  let high = 0
  for (let i = 0; i < numbers.length; i++) if (Number.isSafeInteger(numbers[i]) && (numbers[i] as number) > high) high = numbers[i] as number
  // A stray label such as 1e9 must be refused by the check of the kind, not make a matrix of that size.
  return Math.min(high, 1000)
}
