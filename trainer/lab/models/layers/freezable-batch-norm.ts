import type { LayersModel, Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'
import type { LayerClass } from './layer-class.ts'
import { normaliseBatch } from './normalise-batch.ts'
import { scaleChannels } from './scale-channels.ts'

type Layer = LayersModel['layers'][number]

export interface BatchNormOptions {
  name?: string
  /** Share of the old moving average kept at each step. */
  momentum: number
  epsilon: number
}

/**
 * TensorFlow.js's batch normalisation with two changes. Frozen means frozen: with `trainable = false` it normalises by its moving averages
 * and leaves them alone, also in training; the original would go on changing them under a frozen feature extractor. And it
 * computes the same several times faster on wasm.
 */
export function freezableBatchNorm(tf: Tf): LayerClass<BatchNormOptions> {
  // The class itself is not exported.
  const Original = tf.layers.batchNormalization().constructor as new (options: BatchNormOptions) => Layer
  // Not registered under a name of its own: a saved model loads wherever TensorFlow.js does.
  return class FreezableBatchNorm extends Original {
    static readonly className = 'BatchNormalization'

    override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
      // Protected fields of the original.
      const { momentum, epsilon } = this as unknown as BatchNormOptions
      const [gamma, beta, movingMean, movingVariance] = this.weights as [Variable, Variable, Variable, Variable]
      const follow = (average: Variable, value: Tensor) => average.write(tf.add(tf.mul(average.read(), momentum), tf.mul(value, 1 - momentum)))
      return tf.tidy(() => {
        const x = Array.isArray(inputs) ? inputs[0]! : inputs
        if (kwargs.training === true && this.trainable)
          return normaliseBatch(tf, x, gamma.read(), beta.read(), epsilon, (mean, variance) => {
            follow(movingMean, mean)
            follow(movingVariance, variance)
          })
        const scale = tf.div(gamma.read(), tf.sqrt(tf.add(movingVariance.read(), epsilon)))
        return scaleChannels(tf, x, scale, tf.sub(beta.read(), tf.mul(movingMean.read(), scale)))
      })
    }
  }
}

type Variable = Layer['weights'][number]
