import type { LayersModel, Tensor, Tensor2D } from '@tensorflow/tfjs'
import { addToConfusionMatrix, emptyConfusionMatrix, NO_PREDICTION } from '../../../core/classification/confusion-matrix.ts'
import { accuracy, precisionRecallF1, predictedCounts } from '../../../core/classification/precision-recall-f1.ts'
import { predictedClasses } from '../../../core/classification/predicted-classes.ts'
import { sigmoid, softmax } from '../../../core/classification/probabilities.ts'
import { countTopK } from '../../../core/classification/top-k.ts'
import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../../tfjs/tf.ts'
import type { LabLoss } from '../losses/lab-loss.ts'
import type { Evaluation } from './evaluation.ts'

/** The examples of a split; `makeBatches` gives one. */
export interface EvaluationRows {
  readonly n: number
  /** Shape of one example as the model takes it. */
  readonly shape: readonly number[]
  /** The examples at these positions, preprocessed, not augmented. `targets` are one-hot, [n, classes]. */
  rows(positions: ArrayLike<number>): { inputs: Float32Array; targets: Float32Array; labels: Int32Array; n: number }
}

/** A model that ends in logits, or a function from a batch of inputs to logits: the mean of an ensemble, say. */
export type Scorer = LayersModel | ((inputs: Tensor) => Tensor2D)

export interface EvaluateOptions {
  /** Number of logits. */
  classes: number
  /** Examples per forward pass. Changes memory and speed, not results beyond rounding. Default 250. */
  batchSize?: number
  /** Only the first so many examples. Default: all. */
  limit?: number
  /** Keep the probabilities of every example, for PR curves: 8 bytes per example and class. Default false. */
  probabilities?: boolean
  signal?: AbortSignal
}

/** The event loop gets a turn at least this often (ms), as long as one forward pass takes no longer. */
const TURN_EVERY = 25
const TOP = 5
/** Beyond this many numbers (800 MB) probabilities are not kept in memory. */
const PROBABILITIES_MAX = 1e8

/**
 * Loss and classification metrics of a model in inference mode, batch by batch: only one batch is in memory at a time, and no tensor
 * stays behind. Timers, signals and other work get their turn in between.
 *
 * @throws LossboardError `invalid_value` when the model has another number of logits; the signal's reason when it is aborted
 */
export async function evaluate(tf: Tf, scorer: Scorer, loss: LabLoss, source: EvaluationRows, options: EvaluateOptions): Promise<Evaluation> {
  const { classes, batchSize = 250, limit = source.n, probabilities = false, signal } = options
  const n = Math.min(source.n, limit)
  if (probabilities && n * classes > PROBABILITIES_MAX)
    throw new LossboardError(
      'invalid_option',
      `evaluate: the probabilities of ${n} examples and ${classes} classes do not fit into memory: set a limit`,
    )
  const toProbabilities = loss.kind === 'sigmoid-cross-entropy' ? sigmoid : (logits: Float32Array) => softmax(logits, classes)
  const matrix = emptyConfusionMatrix(classes)
  const kept = probabilities ? new Float64Array(n * classes) : null
  const allLabels = new Int32Array(n)
  let lossSum = 0
  let inTop = 0
  let nanRows = 0
  let turned = performance.now()
  for (let from = 0; from < n; from += batchSize) {
    signal?.throwIfAborted()
    const batch = source.rows(range(from, Math.min(n, from + batchSize)))
    const { logits, losses } = await score(tf, scorer, loss, source.shape, batch)
    if (logits.length !== batch.n * classes)
      throw new LossboardError(
        'invalid_value',
        `evaluate: the model gives ${logits.length / batch.n} logits per example, the data has ${classes} classes`,
      )
    const predictions = predictedClasses(logits, classes)
    addToConfusionMatrix(matrix, batch.labels, predictions)
    for (const prediction of predictions) if (prediction === NO_PREDICTION) nanRows++
    for (const one of losses) lossSum += one
    if (classes > TOP) inTop += countTopK(batch.labels, logits, classes, TOP)
    kept?.set(toProbabilities(logits), from * classes)
    allLabels.set(batch.labels, from)
    if (performance.now() - turned > TURN_EVERY) {
      await new Promise((resolve) => setImmediate(resolve))
      turned = performance.now()
    }
  }
  return {
    n,
    loss: n === 0 ? null : lossSum / n,
    accuracy: accuracy(matrix),
    top5: n === 0 || classes <= TOP ? null : inTop / n,
    scores: precisionRecallF1(matrix),
    matrix,
    predictedCounts: predictedCounts(matrix),
    nanRows,
    labels: allLabels,
    probabilities: kept,
  }
}

async function score(
  tf: Tf,
  scorer: Scorer,
  loss: LabLoss,
  shape: readonly number[],
  batch: { inputs: Float32Array; targets: Float32Array; n: number },
) {
  const [logits, losses] = tf.tidy(() => {
    const inputs = tf.tensor(batch.inputs, [batch.n, ...shape])
    const targets = tf.tensor2d(batch.targets, [batch.n, batch.targets.length / batch.n])
    const outputs = typeof scorer === 'function' ? scorer(inputs) : (scorer.apply(inputs, { training: false }) as Tensor2D)
    return [outputs, loss.perExample(targets, outputs)]
  })
  try {
    const [logitValues, lossValues] = await Promise.all([logits.data<'float32'>(), losses.data<'float32'>()])
    return { logits: logitValues, losses: lossValues }
  } finally {
    tf.dispose([logits, losses])
  }
}

function range(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, index) => from + index)
}
