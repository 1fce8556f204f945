import type { ConfusionMatrix } from '../../../core/classification/confusion-matrix.ts'
import type { PrecisionRecallF1 } from '../../../core/classification/precision-recall-f1.ts'

/** How a model does on one set of examples, in inference mode. Shares are of all examples; null where there is nothing to divide by. */
export interface Evaluation {
  /** Examples. */
  n: number
  /** Mean loss per example, summed in double precision; NaN when it is NaN for one example. Null without examples. */
  loss: number | null
  accuracy: number | null
  /** Share of labels among the five highest scores; null with fewer than six classes, where it says nothing. */
  top5: number | null
  scores: PrecisionRecallF1
  matrix: ConfusionMatrix
  /** How often each class was predicted. */
  predictedCounts: number[]
  /** Examples with a NaN among their logits: no prediction, counted as wrong. */
  nanRows: number
  labels: Int32Array
  /** Row by row, softmax (or sigmoid) of the logits; null when not asked for. */
  probabilities: Float64Array | null
}
