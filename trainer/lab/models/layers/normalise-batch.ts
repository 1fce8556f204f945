import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'
import { channelMeans, scaleAndShift } from './channel-operations.ts'

/**
 * Batch norm in training mode: over the batch and all positions the mean of each channel becomes 0 and its variance (divided by n) 1,
 * then gain and shift: y = γ(x − μ)/s + β with s = √(σ² + ε).
 *
 * Its gradient is one formula instead of the chain of operations, of the two means that dγ and dβ need anyway. With c = x − μ:
 * dx = γ/s·(dy − mean(dy) − c·mean(dy·c)/s²), dγ = Σ dy·c/s, dβ = Σ dy.
 *
 * @param x [batch, …, channels]
 * @param seen is given μ and σ², each [channels]; they are gone afterwards
 */
export function normaliseBatch(
  tf: Tf,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
  seen: (mean: Tensor, variance: Tensor) => void,
): Tensor {
  const count = x.size / x.shape.at(-1)!
  const normalise = tf.customGrad((...given) => {
    const [input, gain, shift, save] = given as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void]
    const mean = channelMeans(tf, input)
    const centred = scaleAndShift(tf, input, tf.onesLike(mean), tf.neg(mean))
    const variance = channelMeans(tf, tf.square(centred))
    seen(mean, variance)
    const inverse = tf.rsqrt(tf.add(variance, epsilon))
    save([centred, inverse, gain])
    return {
      value: scaleAndShift(tf, centred, tf.mul(gain, inverse), shift),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [c, inverseDeviation, factor] = saved as [Tensor, Tensor, Tensor]
        const meanUpstream = channelMeans(tf, dy)
        const along = tf.mul(channelMeans(tf, tf.mul(dy, c)), inverseDeviation)
        const scale = tf.mul(factor, inverseDeviation)
        const none = tf.zerosLike(scale)
        const direct = scaleAndShift(tf, dy, scale, tf.neg(tf.mul(scale, meanUpstream)))
        const throughVariance = scaleAndShift(tf, c, tf.neg(tf.mul(tf.mul(scale, inverseDeviation), along)), none)
        return [tf.add(direct, throughVariance), tf.mul(along, count), tf.mul(meanUpstream, count)]
      },
    }
  })
  return normalise(x, gamma, beta)
}
