import { LossboardError } from '../errors.ts'
import { checkScores } from './check-scores.ts'

/**
 * How many labels are among the k highest scores of their row. Equal scores rank by class number, the lowest first, so that top 1 is
 * accuracy exactly (scikit-learn ranks equal scores the other way round). A row with a NaN is a miss.
 *
 * @param scores row by row, `classes` per example
 * @param k 1 to `classes`; k = classes is right for every row without NaN
 * @throws LossboardError `invalid_value` for sizes that do not fit
 */
export function countTopK(labels: ArrayLike<number>, scores: ArrayLike<number>, classes: number, k: number): number {
  if (checkScores(scores, classes) !== labels.length)
    throw new LossboardError('invalid_value', `top-k: ${labels.length} labels need ${labels.length} rows of scores, got ${scores.length / classes}`)
  if (!Number.isSafeInteger(k) || k < 1 || k > classes)
    throw new LossboardError('invalid_value', `top-k: k must be a whole number from 1 to ${classes}, got ${k}`)
  let hits = 0
  for (let row = 0; row < labels.length; row++) if (rankOf(labels[row] as number, scores, row * classes, classes) < k) hits++
  return hits
}

/** Share of labels among the k highest scores of their row; null without examples. */
export function topK(labels: ArrayLike<number>, scores: ArrayLike<number>, classes: number, k: number): number | null {
  const hits = countTopK(labels, scores, classes, k)
  return labels.length === 0 ? null : hits / labels.length
}

/** Classes that rank before the label's; Infinity when the row has a NaN. */
function rankOf(label: number, scores: ArrayLike<number>, from: number, classes: number): number {
  if (!Number.isInteger(label) || label < 0 || label >= classes)
    throw new LossboardError('invalid_value', `top-k: label ${label} is no class from 0 to ${classes - 1}`)
  const own = scores[from + label] as number
  let before = 0
  for (let index = 0; index < classes; index++) {
    const score = scores[from + index] as number
    if (Number.isNaN(score)) return Number.POSITIVE_INFINITY
    if (score > own || (score === own && index < label)) before++
  }
  return before
}
