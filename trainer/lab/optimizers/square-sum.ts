import type { Scalar, Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'

/** Σ x² as a float32 scalar: first along the last axis, so that no addend meets a sum of millions before it and drowns in it. */
export function squareSum(tf: Tf, tensor: Tensor): Scalar {
  const squares = tf.square(tensor)
  return tf.sum(tensor.rank > 1 ? tf.sum(squares, -1) : squares) as Scalar
}
