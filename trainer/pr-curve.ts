import { checkScores } from '../core/classification/check-scores.ts'
import { precisionRecallCurve } from '../core/classification/precision-recall-curve.ts'
import { thinCurve } from '../core/classification/thin-curve.ts'
import { describe } from '../core/describe.ts'
import { LossboardError } from '../core/errors.ts'
import type { PrCurve } from '../core/kinds/values.ts'
import { toStoredNumber } from '../core/stored-number.ts'
import { checkKeys } from './check-keys.ts'
import { type RecordValue, record } from './record-value.ts'

export interface PrCurveOptions {
  /** Two classes: 1 or true for every positive example. Several: the class numbers, from 0. */
  labels: ArrayLike<number | boolean>
  /** Two classes: the score of the positive class, one per example. Several: row by row, one score per class. */
  scores: ArrayLike<number>
  /** Names of several classes, each against the rest; one name, or none, for two classes. */
  classes?: readonly string[]
  /** What was evaluated, such as `test`. */
  split?: string
  /** Longer curves are thinned to so many points and say so; average precision is over all. Default 200; at least 4. */
  maxPoints?: number
}

const MAX_POINTS = 200

/**
 * Precision-recall curves to log: one, or one per class against the rest.
 * An example with a NaN among its scores is left out of every curve and counted in `nanScores`.
 * @throws LossboardError `invalid_value` for labels and scores that do not fit, `invalid_option` for a wrong option
 */
export function prCurve(options: PrCurveOptions): RecordValue {
  checkKeys('prCurve', options, ['labels', 'scores', 'classes', 'split', 'maxPoints'])
  const { labels, scores, classes = ['positive'], split = null, maxPoints = MAX_POINTS } = options
  if (!Number.isSafeInteger(maxPoints) || maxPoints < 4)
    throw new LossboardError('invalid_option', `prCurve: maxPoints must be a whole number, 4 or more, got ${describe(maxPoints)}`)
  if (checkScores(scores, classes.length) !== labels.length)
    throw new LossboardError('invalid_value', `prCurve: ${labels.length} labels of ${classes.length} classes need as many rows of scores`)
  checkLabels(labels, classes.length)
  const kept = rowsWithoutNaN(scores, classes.length)
  const curves = classes.map((name, index) => {
    const isPositive = (row: number) => Number(labels[row]) === (classes.length === 1 ? 1 : index)
    const columnScores = kept.map((row) => scores[row * classes.length + index] as number)
    return drawn(name, precisionRecallCurve(columnScores, kept.map(isPositive)), maxPoints)
  })
  return record('pr-curve', {
    split,
    curves,
    examples: kept.length,
    nanScores: labels.length - kept.length,
    thinned: curves.some((curve) => curve.precision.length < curve.points),
  })
}

function checkLabels(labels: ArrayLike<number | boolean>, classes: number): void {
  const most = Math.max(1, classes - 1)
  for (let i = 0; i < labels.length; i++) {
    const label = Number(labels[i])
    if (!Number.isInteger(label) || label < 0 || label > most)
      throw new LossboardError('invalid_value', `prCurve: labels[${i}] must be a whole number from 0 to ${most}, got ${describe(labels[i])}`)
  }
}

function rowsWithoutNaN(scores: ArrayLike<number>, classes: number): number[] {
  const rows: number[] = []
  for (let row = 0; row < scores.length / classes; row++) {
    let odd = false
    for (let index = 0; index < classes; index++) if (Number.isNaN(scores[row * classes + index])) odd = true
    if (!odd) rows.push(row)
  }
  return rows
}

function drawn(name: string, curve: ReturnType<typeof precisionRecallCurve>, maxPoints: number): PrCurve {
  const kept = thinCurve(curve, maxPoints)
  return {
    class: name,
    precision: kept.map((index) => curve.precision[index] as number),
    recall: kept.map((index) => curve.recall[index] as number),
    threshold: kept.map((index) => toStoredNumber(curve.threshold[index] as number)),
    averagePrecision: curve.averagePrecision,
    positives: curve.positives,
    points: curve.precision.length,
  }
}
