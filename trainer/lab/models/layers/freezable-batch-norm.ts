import type { LayersModel, Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'

type Layer = LayersModel['layers'][number]

export interface BatchNormOptions {
  name: string
  /** Share of the old moving average kept at each step. */
  momentum: number
  epsilon: number
}

/**
 * TensorFlow.js's batch normalisation, but frozen means frozen: with `trainable = false` it normalises by its moving averages and leaves
 * them alone, also in training. The original would go on changing them under a frozen feature extractor.
 */
export function freezableBatchNorm(tf: Tf) {
  // The class itself is not exported.
  const Original = tf.layers.batchNormalization().constructor as new (options: Partial<BatchNormOptions>) => Layer
  // Not registered under a name of its own: a saved model loads wherever TensorFlow.js does.
  return class FreezableBatchNorm extends Original {
    static readonly className = 'BatchNormalization'
    override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
      return super.call(inputs, { ...kwargs, training: kwargs.training === true && this.trainable })
    }
  }
}
