import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'
import { channelMeans, scaleAndShift } from './channel-operations.ts'

/** γ·x + β with one gain and one shift per channel. Gradient: dx = γ·dy, dγ = Σ dy·x, dβ = Σ dy. */
export function scaleChannels(tf: Tf, x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  const count = x.size / x.shape.at(-1)!
  const scale = tf.customGrad((...given) => {
    const [input, gain, shift, save] = given as unknown as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void]
    save([input, gain])
    return {
      value: scaleAndShift(tf, input, gain, shift),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [kept, factor] = saved as [Tensor, Tensor]
        const sum = (tensor: Tensor) => tf.mul(channelMeans(tf, tensor), count)
        return [scaleAndShift(tf, dy, factor, tf.zerosLike(factor)), sum(tf.mul(dy, kept)), sum(dy)]
      },
    }
  })
  return scale(x, gamma, beta)
}
