import { LossboardError } from '../errors.ts'

/** One point per different score, the highest first: recall never decreases. */
export interface PrecisionRecallCurve {
  precision: number[]
  recall: number[]
  /** Predicted positive are the scores from here up. ±Infinity is a score like others. */
  threshold: number[]
  /** Sum of precision × gain in recall, from recall 0: scikit-learn's `average_precision_score`. Null without positives. */
  averagePrecision: number | null
  /** Of the examples that count. */
  positives: number
  examples: number
  /** Examples left out because their score is NaN. */
  nanScores: number
}

/**
 * Precision and recall at every threshold, as scikit-learn's `precision_recall_curve`, in the opposite order and without its last
 * point (recall 0, precision 1), which belongs to no threshold. Without positives recall is undefined and the curve has no points.
 *
 * @param positives true (or 1) for every example of the class
 * @throws LossboardError `invalid_value` for lists of different length
 */
export function precisionRecallCurve(scores: ArrayLike<number>, positives: ArrayLike<boolean | number>): PrecisionRecallCurve {
  if (scores.length !== positives.length)
    throw new LossboardError('invalid_value', `precision-recall curve: ${scores.length} scores need as many labels, got ${positives.length}`)
  const ranked = byScore(scores)
  let total = 0
  for (const index of ranked) if (positives[index]) total++
  const curve: PrecisionRecallCurve = {
    precision: [],
    recall: [],
    threshold: [],
    averagePrecision: null,
    positives: total,
    examples: ranked.length,
    nanScores: scores.length - ranked.length,
  }
  if (total === 0) return curve
  let found = 0
  let area = 0
  ranked.forEach((index, place) => {
    if (positives[index]) found++
    const score = scores[index] as number
    const next = ranked[place + 1]
    // Equal scores share a threshold: one point after the last of them. −0 equals 0.
    if (next !== undefined && scores[next] === score) return
    const precision = found / (place + 1)
    area += precision * (found / total - (curve.recall.at(-1) ?? 0))
    curve.precision.push(precision)
    curve.recall.push(found / total)
    curve.threshold.push(score)
  })
  // Rounding of the sum must not leave the range.
  curve.averagePrecision = Math.min(area, 1)
  return curve
}

/** Positions of the scores that are no NaN, highest score first. */
function byScore(scores: ArrayLike<number>): Uint32Array {
  const kept = new Uint32Array(scores.length)
  let n = 0
  for (let index = 0; index < scores.length; index++) if (!Number.isNaN(scores[index])) kept[n++] = index
  // Not by difference: ∞ − ∞ is NaN.
  return kept.subarray(0, n).sort((a, b) => {
    const left = scores[a] as number
    const right = scores[b] as number
    return left > right ? -1 : left < right ? 1 : 0
  })
}
