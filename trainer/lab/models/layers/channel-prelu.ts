import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'
import type { LayerClass } from './layer-class.ts'

export interface ChannelPReluOptions {
  slope?: number
  name?: string
}

/** PReLU with one learned slope per unit or channel (He et al. 2015): relu(x) − a·relu(−x). The slopes are one vector, not a kernel. */
export function channelPRelu(tf: Tf): LayerClass<ChannelPReluOptions> {
  type Variable = ReturnType<InstanceType<typeof tf.layers.Layer>['addWeight']>
  return class ChannelPReLU extends tf.layers.Layer {
    static readonly className = 'ChannelPReLU'
    private readonly slope: number
    private slopes!: Variable

    constructor({ slope = 0.25, ...options }: ChannelPReluOptions) {
      super(options)
      this.slope = slope
    }

    override build(inputShape: (number | null)[]): void {
      this.slopes = this.addWeight('slope', [inputShape.at(-1)!], 'float32', tf.initializers.constant({ value: this.slope }))
      super.build(inputShape)
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => {
        const x = Array.isArray(inputs) ? inputs[0]! : inputs
        return tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), this.slopes.read()))
      })
    }

    override getConfig() {
      return { ...super.getConfig(), slope: this.slope }
    }
  }
}
