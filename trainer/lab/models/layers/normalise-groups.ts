import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'

/**
 * Each example's channels are cut into `groups` of neighbours; over the values of one group at all positions the mean becomes 0 and the
 * variance (divided by n) 1: y = (x − μ)/√(σ² + ε). One group is layer norm, one channel per group instance norm (Wu and He 2018).
 *
 * Its gradient is one formula instead of the chain of operations: dx = (dy − mean(dy) − y·mean(dy·y))/√(σ² + ε).
 *
 * @param x [batch, channels] or [batch, height, width, channels]
 */
export function normaliseGroups(tf: Tf, x: Tensor, groups: number, epsilon: number): Tensor {
  const channels = x.shape.at(-1)!
  const batch = x.shape[0]!
  const positions = x.shape.slice(1, -1).reduce((product, length) => product * length, 1)
  // A whole example in a row where that is possible: reducing the last axis needs no transposed copy.
  const view = groups === 1 ? [batch, positions * channels] : [batch, positions, groups, channels / groups]
  const axes = groups === 1 ? [1] : [1, 3]
  const normalise = tf.customGrad((input, save) => {
    const values = input as Tensor
    const centred = tf.sub(values, tf.mean(values, axes, true))
    const inverseDeviation = tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes, true), epsilon))
    const value = tf.mul(centred, inverseDeviation)
    ;(save as (tensors: Tensor[]) => void)([value, inverseDeviation])
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [y, inverse] = saved as [Tensor, Tensor]
        const along = tf.mul(y, tf.mean(tf.mul(dy, y), axes, true))
        return tf.mul(tf.sub(tf.sub(dy, tf.mean(dy, axes, true)), along), inverse)
      },
    }
  })
  return tf.tidy(() => tf.reshape(normalise(tf.reshape(x, view)), x.shape))
}
