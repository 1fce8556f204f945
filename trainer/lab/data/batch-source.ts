import { LossboardError } from '../../../core/errors.ts'
import { mixSeed } from '../../../core/mix-seed.ts'
import { permutation } from '../../../core/permutation.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import type { Augmentation } from '../augmentation/augmentation.ts'
import type { Preprocessing } from '../preprocessing/preprocessing.ts'
import { classCounts, type Examples, rawRows } from './examples.ts'
import { transformedRows } from './transformed-rows.ts'

export interface LabBatch {
  /** `n` preprocessed examples, one after the other: shape `[n, ...BatchSource.shape]`. */
  inputs: Float32Array
  /** `[n, classes]`: one-hot, or mixed by mixup. */
  targets: Float32Array
  /** The class of each example as the data has it (with mixup: of its first part). */
  labels: Int32Array
  n: number
}

export interface BatchSource {
  /** Shape of one example as the model takes it. */
  readonly shape: readonly number[]
  readonly n: number
  /** Examples of each class. */
  readonly classCounts: number[]
  readonly stepsPerEpoch: number
  /** Examples in the last batch of an epoch: fewer than `batchSize` when that does not divide `n`. They are not left out. */
  readonly lastBatchSize: number
  /** Fingerprint of the transform its rows go through. */
  readonly fingerprint: string
  /** The batch of a step, counted from 0 over all epochs: a pure function of it, so resuming needs no state. */
  batch(step: number): LabBatch
  /** The examples at these positions, preprocessed, never augmented. */
  rows(positions: ArrayLike<number>): LabBatch
  /** The raw rows at these positions: pixels from 0 to 1. For the check of the preprocessing. */
  raw(positions: ArrayLike<number>): Float32Array
  /** The augmented rows of a step before preprocessing, to be looked at. */
  augmented(step: number): { inputs: Float32Array; targets: Float32Array; labels: Int32Array; n: number }
}

export interface BatchOptions {
  preprocessing: Preprocessing
  augmentation: Augmentation | null
  /** Number of classes. */
  classes: number
  batchSize: number
  orderSeed: number
  augmentationSeed: number
}

/** Batches of one split. Epoch `e` goes over every example once, in an order drawn from `(orderSeed, e)`. */
export function makeBatches(examples: Examples, options: BatchOptions): BatchSource {
  const { preprocessing, augmentation, classes, batchSize, orderSeed, augmentationSeed } = options
  if (!Number.isInteger(batchSize) || batchSize < 1)
    throw new LossboardError('invalid_option', `batchSize is ${batchSize}: it must be a whole number from 1`)
  const { n } = examples
  const stepsPerEpoch = Math.ceil(n / batchSize)
  const transformed = transformedRows(examples, preprocessing)
  let order = { epoch: -1, positions: new Int32Array(0) }

  const positionsOf = (step: number): Int32Array => {
    if (!Number.isInteger(step) || step < 0) throw new LossboardError('invalid_step', `batch step is ${step}: it must be a whole number from 0`)
    if (n === 0) throw new LossboardError('invalid_option', 'there are no examples to make batches of')
    const epoch = Math.floor(step / stepsPerEpoch)
    if (order.epoch !== epoch) order = { epoch, positions: permutation(n, seededRandom(mixSeed(orderSeed, epoch))) }
    const start = (step % stepsPerEpoch) * batchSize
    return order.positions.subarray(start, start + batchSize)
  }
  const labelled = (positions: ArrayLike<number>) => {
    const labels = new Int32Array(positions.length)
    const targets = new Float32Array(positions.length * classes)
    for (let row = 0; row < positions.length; row++) {
      labels[row] = examples.labels[positions[row]!]!
      targets[row * classes + labels[row]!] = 1
    }
    return { targets, labels, n: positions.length }
  }
  const augmented = (step: number): LabBatch => {
    const positions = positionsOf(step)
    const batch = { inputs: rawRows(examples, positions), ...labelled(positions) }
    augmentation?.apply(batch.inputs, batch.targets, batch.n, seededRandom(mixSeed(augmentationSeed, step)))
    return batch
  }
  const rows = (positions: ArrayLike<number>): LabBatch => ({ inputs: transformed(positions), ...labelled(positions) })
  return {
    shape: preprocessing.shape,
    n,
    classCounts: classCounts(examples.labels, classes),
    stepsPerEpoch,
    lastBatchSize: n === 0 ? 0 : n - (stepsPerEpoch - 1) * batchSize,
    fingerprint: preprocessing.fingerprint,
    batch(step) {
      if (!augmentation) return rows(positionsOf(step))
      const batch = augmented(step)
      return { ...batch, inputs: preprocessing.apply(batch.inputs, batch.n) }
    },
    rows,
    raw: (positions) => rawRows(examples, positions),
    augmented,
  }
}
