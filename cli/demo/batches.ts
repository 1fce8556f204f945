import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import { seededRandom } from '../../core/seeded-random.ts'
import { DIGIT_PIXELS, DIGIT_SIZE, type Digits } from '../../trainer/lab/data/mnist-files.ts'
import type { Tf } from '../../trainer/tfjs/tf.ts'
import { shuffle } from './shuffle.ts'

export interface Batch {
  /** [n, 28, 28, 1], from 0 to 1. */
  images: Tensor
  /** One-hot, [n, 10]. */
  labels: Tensor2D
}

/** The digits at these positions as tensors; the caller disposes them. */
export function batchOf(tf: Tf, digits: Digits, positions: ArrayLike<number>): Batch {
  const count = positions.length
  const pixels = new Float32Array(count * DIGIT_PIXELS)
  const labels = new Int32Array(count)
  for (let row = 0; row < count; row++) {
    const start = positions[row]! * DIGIT_PIXELS
    for (let i = 0; i < DIGIT_PIXELS; i++) pixels[row * DIGIT_PIXELS + i] = digits.pixels[start + i]! / 255
    labels[row] = digits.labels[positions[row]!]!
  }
  return {
    images: tf.tensor4d(pixels, [count, DIGIT_SIZE, DIGIT_SIZE, 1]),
    labels: tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat() as Tensor2D),
  }
}

/** Positions of endless batches: every epoch goes over all `count` digits in a new order; the rest that fills no batch is left out. */
export function* shuffledBatches(count: number, batchSize: number, seed: number): Generator<Uint32Array, never> {
  const random = seededRandom(seed)
  const order = Uint32Array.from({ length: count }, (_, i) => i)
  for (;;) {
    shuffle(order, random)
    for (let start = 0; start + batchSize <= count; start += batchSize) yield order.subarray(start, start + batchSize)
  }
}
