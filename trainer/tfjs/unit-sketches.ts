import type { Tensor, Tensor1D } from '@tensorflow/tfjs'
import { SKETCH_DIRECTIONS, sketchDirections, twinShare } from '../../core/unit-twins.ts'
import type { Tf } from './tf.ts'

/**
 * Share of twin units of each kernel (see core/unit-twins.ts); a unit is a column, the last axis. Four numbers per unit are read back.
 * The caller owns `result` and passes its values to `decode`.
 */
export function sketchKernels(
  tf: Tf,
  kernels: readonly { label: string; weights: Tensor }[],
): { result: Tensor1D; decode: (values: Float32Array) => { label: string; share: number }[] } {
  // With a single incoming weight each, units are not told apart by it.
  const sketched = kernels.filter(({ weights }) => unitsOf(weights) > 1 && weights.size >= 2 * unitsOf(weights))
  const result = tf.tidy(() => {
    const parts = sketched.map(({ weights }) => {
      const units = unitsOf(weights)
      const inputs = weights.size / units
      const columns = weights.reshape([inputs, units])
      const products = tf.matMul(tf.tensor2d(sketchDirections(inputs), [SKETCH_DIRECTIONS, inputs]), columns)
      return tf.concat([tf.sqrt(tf.sum(tf.square(columns), 0)).as1D(), products.as1D()])
    })
    return parts.length === 0 ? tf.tensor1d([], 'float32') : tf.concat(parts)
  })
  return {
    result,
    decode(values) {
      let at = 0
      return sketched.map(({ label, weights }) => {
        const units = unitsOf(weights)
        const norms = values.subarray(at, at + units)
        const products = values.subarray(at + units, at + units * (1 + SKETCH_DIRECTIONS))
        at += units * (1 + SKETCH_DIRECTIONS)
        return { label, share: twinShare(norms, products) }
      })
    },
  }
}

function unitsOf({ shape }: Tensor): number {
  return shape.at(-1) ?? 0
}
