import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'

/**
 * On wasm, pooling and depthwise convolution go through images channel by channel with vector instructions, while reducing the
 * leading axes makes a transposed copy and broadcasting takes element by element: 2 to 5 times slower. Elsewhere, and
 * for vectors, the plain operations are as good. Both give the same numbers to float32 rounding (tested).
 */
function hasImageKernels(tf: Tf, x: Tensor): x is Tensor4D {
  return tf.getBackend() === 'wasm' && x.rank === 4 && x.shape[1]! * x.shape[2]! > 1
}

/** Mean of each channel over the positions of each example: [batch, 1, 1, channels]; vectors as they are. No gradient is meant to go through it. */
export function channelMeansPerExample(tf: Tf, x: Tensor): Tensor {
  if (hasImageKernels(tf, x)) return tf.avgPool(x, [x.shape[1], x.shape[2]], 1, 'valid')
  return x.rank === 4 ? tf.mean(x, [1, 2], true) : x
}

/** Mean of each channel over the batch and all positions: [channels]. No gradient is meant to go through it. */
export function channelMeans(tf: Tf, x: Tensor): Tensor1D {
  // First within each image: also better rounded than one long sum.
  const means = channelMeansPerExample(tf, x)
  return tf.mean(tf.reshape(means, [means.shape[0]!, means.shape.at(-1)!]), 0)
}

/** x · scale + shift, each [channels]. No gradient is meant to go through it: see `scaleChannels`. */
export function scaleAndShift(tf: Tf, x: Tensor, scale: Tensor, shift: Tensor): Tensor {
  if (!hasImageKernels(tf, x)) return tf.add(tf.mul(x, scale), shift)
  const filter = tf.reshape(scale, [1, 1, x.shape[3], 1]) as Tensor4D
  return tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'valid', bias: shift as Tensor1D })
}
