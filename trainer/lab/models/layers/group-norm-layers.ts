import type { Tensor } from '@tensorflow/tfjs'
import type { Tf } from '../../../tfjs/tf.ts'
import type { LayerClass } from './layer-class.ts'
import { normaliseGroups } from './normalise-groups.ts'
import { scaleChannels } from './scale-channels.ts'

export interface LayerOptions {
  name?: string
  epsilon?: number
}

export interface GroupNormLayers {
  LayerNorm: LayerClass<LayerOptions>
  InstanceNorm: LayerClass<LayerOptions>
  GroupNorm: LayerClass<LayerOptions & { groups: number }>
}

/** Layers that normalise within each example, then scale and shift every channel (γ from 1, β from 0). The same in training and inference. */
export function groupNormLayers(tf: Tf): GroupNormLayers {
  type Variable = ReturnType<InstanceType<typeof tf.layers.Layer>['addWeight']>

  abstract class PerExampleNorm extends tf.layers.Layer {
    private readonly epsilon: number
    private gamma!: Variable
    private beta!: Variable

    constructor({ epsilon = 1e-5, ...options }: LayerOptions) {
      super(options)
      this.epsilon = epsilon
    }

    /** Into how many groups the channels are cut. */
    protected abstract groupsOf(channels: number): number

    override build(inputShape: (number | null)[]): void {
      const channels = inputShape.at(-1)
      this.gamma = this.addWeight('gamma', [channels!], 'float32', tf.initializers.ones())
      this.beta = this.addWeight('beta', [channels!], 'float32', tf.initializers.zeros())
      super.build(inputShape)
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => {
        const x = Array.isArray(inputs) ? inputs[0]! : inputs
        const normalised = normaliseGroups(tf, x, this.groupsOf(x.shape.at(-1)!), this.epsilon)
        return scaleChannels(tf, normalised, this.gamma.read(), this.beta.read())
      })
    }

    override getConfig() {
      return { ...super.getConfig(), epsilon: this.epsilon }
    }
  }

  class LayerNorm extends PerExampleNorm {
    static readonly className = 'LayerNorm'
    protected groupsOf(): number {
      return 1
    }
  }

  class InstanceNorm extends PerExampleNorm {
    static readonly className = 'InstanceNorm'
    protected groupsOf(channels: number): number {
      return channels
    }
  }

  class GroupNorm extends PerExampleNorm {
    static readonly className = 'GroupNorm'
    private readonly groups: number

    constructor({ groups, ...options }: LayerOptions & { groups: number }) {
      super(options)
      this.groups = groups
    }
    protected groupsOf(): number {
      return this.groups
    }
    override getConfig() {
      return { ...super.getConfig(), groups: this.groups }
    }
  }
  return { LayerNorm, InstanceNorm, GroupNorm }
}
