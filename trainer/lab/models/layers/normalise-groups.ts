import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'
import { channelMeansPerExample } from './channel-operations.ts'

/**
 * Each example's channels are cut into `groups` of neighbours; over the values of one group at all positions the mean becomes 0 and the
 * variance (divided by n) 1: y = (x − μ)/√(σ² + ε). One group is layer norm, one channel per group instance norm (Wu and He 2018).
 *
 * Its gradient is one formula instead of the chain of operations: dx = (dy − mean(dy) − y·mean(dy·y))/√(σ² + ε).
 *
 * @param x [batch, channels] or [batch, height, width, channels]
 */
export function normaliseGroups(tf: Tf, x: Tensor, groups: number, epsilon: number): Tensor {
  // A whole example is a row; groups need the channels apart.
  const view = groups === 1 ? [x.shape[0]!, x.size / x.shape[0]!] : x.shape
  const means = (values: Tensor): Tensor => (groups === 1 ? tf.mean(values, 1, true) : groupMeans(tf, values, groups))
  const normalise = tf.customGrad((input, save) => {
    const values = input as Tensor
    const centred = tf.sub(values, means(values))
    const inverseDeviation = tf.rsqrt(tf.add(means(tf.square(centred)), epsilon))
    const value = tf.mul(centred, inverseDeviation)
    ;(save as (tensors: Tensor[]) => void)([value, inverseDeviation])
    return {
      value,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [y, inverse] = saved as [Tensor, Tensor]
        const along = tf.mul(y, means(tf.mul(dy, y)))
        return tf.mul(tf.sub(tf.sub(dy, means(dy)), along), inverse)
      },
    }
  })
  return tf.tidy(() => tf.reshape(normalise(tf.reshape(x, view)), x.shape))
}

/** The mean of the group each channel belongs to, per example: [batch, 1, 1, channels], or [batch, channels] of vectors. */
function groupMeans(tf: Tf, x: Tensor, groups: number): Tensor {
  const perChannel = channelMeansPerExample(tf, x)
  const size = x.shape.at(-1)! / groups
  if (size === 1) return perChannel
  const perGroup = tf.mean(tf.reshape(perChannel, [x.shape[0]!, groups, size]), 2, true)
  return tf.reshape(tf.tile(perGroup, [1, 1, size]), perChannel.shape)
}
