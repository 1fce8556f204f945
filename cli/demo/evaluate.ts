import type { LayersModel, Tensor } from '@tensorflow/tfjs'
import type { Digits } from '../../trainer/lab/data/mnist-files.ts'
import type { Tf } from '../../trainer/tfjs/tf.ts'
import { type Batch, batchOf } from './batches.ts'

const BATCH = 1000

export interface Evaluation {
  loss: number
  /** NaN when the network's outputs are not finite: it then predicts nothing. */
  accuracy: number
  /** Positions of digits it read wrongly, and what it read. */
  mistakes: { position: number; predicted: number }[]
}

/** Evaluates in inference mode over all positions, in batches. `loss` is the mean over digits. */
export function evaluate(
  tf: Tf,
  model: LayersModel,
  digits: Digits,
  positions: Uint32Array,
  loss: (truth: Tensor, logits: Tensor) => Tensor,
): Evaluation {
  let lossSum = 0
  let finite = true
  const mistakes: Evaluation['mistakes'] = []
  for (let start = 0; start < positions.length; start += BATCH) {
    const part = positions.subarray(start, start + BATCH)
    const batch: Batch = batchOf(tf, digits, part)
    const [batchLoss, largest, predicted] = tf.tidy(() => {
      const logits = model.predict(batch.images, { batchSize: BATCH }) as Tensor
      return [loss(batch.labels, logits).dataSync()[0]!, tf.max(tf.abs(logits)).dataSync()[0]!, logits.argMax(-1).dataSync<'int32'>().slice()]
    }) as unknown as [number, number, Int32Array]
    tf.dispose([batch.images, batch.labels])
    lossSum += batchLoss * part.length
    finite &&= Number.isFinite(largest)
    part.forEach((position, row) => {
      if (predicted[row] !== digits.labels[position]) mistakes.push({ position, predicted: predicted[row]! })
    })
  }
  return { loss: lossSum / positions.length, accuracy: finite ? (positions.length - mistakes.length) / positions.length : Number.NaN, mistakes }
}
