import { prCurve } from '../../pr-curve.ts'
import { type RecordValue, record } from '../../record-value.ts'
import type { Evaluation } from './evaluation.ts'

/**
 * The metrics of an evaluation by name: `<prefix>/loss`, `/accuracy`, `/top-5-accuracy`, `/f1-macro`, `/f1-micro`, `/f1-weighted`.
 * What is not defined (no examples, top-5 of few classes) is left out.
 */
export function evaluationMetrics({ loss, accuracy, top5, scores }: Evaluation, prefix: 'val' | 'test' | 'train-eval'): Record<string, number> {
  const values = {
    loss,
    accuracy,
    'top-5-accuracy': top5,
    'f1-macro': scores.macro.f1,
    'f1-micro': scores.micro.f1,
    'f1-weighted': scores.weighted.f1,
  }
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[`${prefix}/${name}`, value]])))
}

/** A recall over fewer examples says little. */
const FEWEST_EXAMPLES = 10

/**
 * How the predictions are spread: `<prefix>/most-predicted-share`, the largest share that one class has among them, and
 * `<prefix>/lowest-recall`, the lowest recall of a class with at least ten examples. What is not defined is left out.
 */
export function predictionMetrics({ predictedCounts, scores }: Evaluation, prefix: 'val'): Record<string, number> {
  const predicted = predictedCounts.reduce((sum, count) => sum + count, 0)
  const recalls = scores.perClass.flatMap(({ recall, support }) => (recall !== null && support >= FEWEST_EXAMPLES ? [recall] : []))
  return {
    ...(predicted > 0 && { [`${prefix}/most-predicted-share`]: predictedCounts.reduce((most, count) => Math.max(most, count), 0) / predicted }),
    ...(recalls.length > 0 && { [`${prefix}/lowest-recall`]: recalls.reduce((least, recall) => Math.min(least, recall), 1) }),
  }
}

/** The records of an evaluation: `confusion-matrix/<split>`, and `pr-curve/<split>` when the probabilities were kept. */
export function evaluationRecords(
  { matrix, labels, probabilities }: Evaluation,
  { split, classes }: { split: 'validation' | 'test'; classes: readonly string[] },
): Record<string, RecordValue> {
  return {
    [`confusion-matrix/${split}`]: record('confusion-matrix', { split, classes: [...classes], ...matrix }),
    ...(probabilities && { [`pr-curve/${split}`]: prCurve({ labels, scores: probabilities, classes, split }) }),
  }
}
