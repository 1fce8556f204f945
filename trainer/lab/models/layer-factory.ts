import type { SymbolicTensor } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'
import type { Layer } from './activations/activation.ts'
import { type ActivationConfig, activationLayer } from './activations/registry.ts'
import { labLayers } from './layers/lab-layers.ts'
import { cancelsBias, type NormConfig, normLayer } from './norms/registry.ts'

export interface LayerOptions {
  activation: ActivationConfig
  norm: NormConfig
  dropout: number
  spatialDropout: number
  dropoutSeed: number
}

export interface ConvolutionOptions {
  filters: number
  /** Side of the square kernel. */
  kernelSize: number
  stride?: number
}

/** Makes the named layers of one network and applies them; kernels start at 0 and are drawn when all are there. */
export class LayerFactory {
  /** Everything made so far, in order. */
  readonly made: Layer[] = []
  /** Names of the layers whose kernel or gain is to stay 0 at the start. */
  readonly zero = new Set<string>()

  constructor(
    readonly tf: Tf,
    readonly options: LayerOptions,
  ) {}

  input(shape: number[]): SymbolicTensor {
    return this.tf.input({ shape, name: 'input' })
  }

  dense(x: SymbolicTensor, name: string, units: number, useBias = true): SymbolicTensor {
    return this.add(this.tf.layers.dense({ name, units, useBias, kernelInitializer: 'zeros' }), x)
  }

  /** Padding 'same': height and width are divided by the stride and rounded up. */
  convolution(x: SymbolicTensor, name: string, { filters, kernelSize, stride = 1 }: ConvolutionOptions, useBias = true): SymbolicTensor {
    return this.add(this.tf.layers.conv2d({ name, filters, kernelSize, strides: stride, padding: 'same', useBias, kernelInitializer: 'zeros' }), x)
  }

  /** Dense layer `name`, then `<name>-norm`. */
  normedDense(x: SymbolicTensor, name: string, units: number): SymbolicTensor {
    return this.norm(this.dense(x, name, units, !cancelsBias(this.options.norm)), name)
  }

  /** Convolution `name`, then `<name>-norm`. `startAtZero`: the last of a residual block, which then begins as the identity. */
  normedConvolution(x: SymbolicTensor, name: string, options: ConvolutionOptions, startAtZero = false): SymbolicTensor {
    const y = this.convolution(x, name, options, !cancelsBias(this.options.norm))
    if (startAtZero) this.zero.add(this.options.norm.kind === 'none' ? name : `${name}-norm`)
    return this.norm(y, name)
  }

  /** `<after>-activation`. */
  activation(x: SymbolicTensor, after: string): SymbolicTensor {
    return this.add(activationLayer(this.tf, this.options.activation, `${after}-activation`), x)
  }

  /** `<after>-dropout`; nothing when the rate is 0. */
  dropout(x: SymbolicTensor, after: string, kind: 'values' | 'channels' = 'values'): SymbolicTensor {
    const { dropout, spatialDropout, dropoutSeed } = this.options
    const rate = kind === 'values' ? dropout : spatialDropout
    if (rate === 0) return x
    const { SeededDropout } = labLayers(this.tf)
    return this.add(new SeededDropout({ name: `${after}-dropout`, rate, seed: dropoutSeed, wholeChannels: kind === 'channels' }), x)
  }

  add(layer: Layer, x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
    this.made.push(layer)
    return layer.apply(x) as SymbolicTensor
  }

  /** Frees the weights of a network that could not be finished. */
  discard(): void {
    for (const layer of this.made) for (const weight of layer.weights) weight.dispose()
  }

  private norm(x: SymbolicTensor, after: string): SymbolicTensor {
    const shape = x.shape as number[]
    const positions = shape.slice(1, -1).reduce((product, length) => product * length, 1)
    const layer = normLayer(this.tf, this.options.norm, { name: `${after}-norm`, after, positions, channels: shape.at(-1)! })
    return layer ? this.add(layer, x) : x
  }
}
