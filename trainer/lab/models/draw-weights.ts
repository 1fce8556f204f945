import type { Tf } from '../../tfjs/tf.ts'
import { isKernel } from '../../tfjs/weight-labels.ts'
import type { Layer } from './activations/activation.ts'
import { gaussianSource } from './gaussian-source.ts'
import { drawKernel, type InitConfig } from './initializers/registry.ts'
import { layerSeed } from './layer-seed.ts'

/**
 * Gives the kernels of the layers their first values: drawn in double precision from a generator of our own, hence the same on every
 * backend, and from a seed made of `initSeed` and the weight's name. Biases keep 0, gains 1.
 *
 * @param zero layers whose kernel or gain is set to 0 instead
 */
export function drawWeights(tf: Tf, layers: readonly Layer[], init: InitConfig, initSeed: number, zero: ReadonlySet<string>): void {
  for (const layer of layers)
    for (const weight of layer.weights) {
      const shape = weight.shape as number[]
      const startsAtZero = zero.has(layer.name) && (isKernel(shape) || weight.originalName.endsWith('/gamma'))
      if (!startsAtZero && !isKernel(shape)) continue
      const size = shape.reduce((product, length) => product * length, 1)
      const values = startsAtZero ? new Float32Array(size) : drawKernel(init, shape, gaussianSource(layerSeed(initSeed, weight.originalName)))
      const tensor = tf.tensor(values, shape)
      weight.write(tensor)
      tensor.dispose()
    }
}
