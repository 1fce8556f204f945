import type { Scalar, Tensor, Tensor1D } from '@tensorflow/tfjs'
import type { Tf } from './tf.ts'

export interface NonFiniteCounts {
  label: string
  /** Elements that are NaN or infinite, in the weights and in their gradient. */
  weights: number
  gradient: number
}

/** Counts on the device; the caller owns `result` and passes its values to `decode`. */
export function countNonFinite(
  tf: Tf,
  samples: readonly { label: string; weights: Tensor; gradient: Tensor }[],
): { result: Tensor1D; decode: (values: Float32Array) => NonFiniteCounts[] } {
  const count = (tensor: Tensor): Scalar => tf.sum(tf.cast(tf.logicalNot(tf.isFinite(tensor)), 'float32'))
  const result = tf.tidy(() =>
    samples.length === 0 ? tf.tensor1d([], 'float32') : (tf.stack(samples.flatMap((one) => [count(one.weights), count(one.gradient)])) as Tensor1D),
  )
  return {
    result,
    decode: (values) => samples.map(({ label }, at) => ({ label, weights: values[2 * at] as number, gradient: values[2 * at + 1] as number })),
  }
}
