import type { Tensor } from '@tensorflow/tfjs'
import { LossboardError } from '../../../../core/errors.ts'
import { seededRandom } from '../../../../core/seeded-random.ts'
import type { Tf } from '../../../tfjs/tf.ts'
import { layerSeed } from '../layer-seed.ts'
import type { LayerClass } from './layer-class.ts'

export interface SeededDropoutOptions {
  name: string
  /** Share of the values set to 0, from 0 to below 1. */
  rate: number
  seed: number
  /** Drops whole channels of an image instead of single values. */
  wholeChannels?: boolean
}

/**
 * Inverted dropout: in training each value is 0 with probability `rate`, and the others are divided by 1 − rate, so that the expectation
 * stays and inference needs nothing. The mask is a pure function of (seed, layer name, step): TensorFlow.js's own
 * dropout draws one and the same mask for ever once it has a seed.
 */
export function seededDropout(tf: Tf): LayerClass<SeededDropoutOptions, { setStep(step: number): void }> {
  return class SeededDropout extends tf.layers.Layer {
    static readonly className = 'SeededDropout'
    private readonly rate: number
    private readonly seed: number
    private readonly wholeChannels: boolean
    private step: number | null = null

    constructor({ rate, seed, wholeChannels = false, ...options }: SeededDropoutOptions) {
      super(options)
      this.rate = rate
      this.seed = seed
      this.wholeChannels = wholeChannels
    }

    setStep(step: number): void {
      this.step = step
    }

    override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs
      if (kwargs.training !== true || this.rate === 0) return x
      if (this.step === null)
        throw new LossboardError(
          'invalid_argument',
          `dropout layer "${this.name}" does not know the step: call setStep(step) before each training step`,
        )
      return tf.tidy(() => tf.mul(x, this.mask(x.shape, this.step!)))
    }

    override getConfig() {
      return { ...super.getConfig(), rate: this.rate, seed: this.seed, wholeChannels: this.wholeChannels }
    }

    private mask(shape: number[], step: number): Tensor {
      const maskShape = this.wholeChannels ? shape.map((length, axis) => (axis === 0 || axis === shape.length - 1 ? length : 1)) : shape
      const random = seededRandom(layerSeed(this.seed, this.name, step))
      const kept = 1 / (1 - this.rate)
      const values = new Float32Array(maskShape.reduce((product, length) => product * length, 1))
      for (let i = 0; i < values.length; i++) values[i] = random() < this.rate ? 0 : kept
      return tf.tensor(values, maskShape)
    }
  }
}
