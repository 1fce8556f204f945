import type { SymbolicTensor } from '@tensorflow/tfjs'
import type { z } from 'zod'
import { LossboardError } from '../../../../core/errors.ts'
import { averageHead } from '../heads.ts'
import type { ConvolutionOptions, LayerFactory } from '../layer-factory.ts'
import type { residualOptions } from './residual-options.ts'

export type ResidualOptions = z.output<z.ZodObject<typeof residualOptions>>

/** The convolutions of a block: each `conv1`, `conv2`, … in order, an activation between two of them but not after the last. */
export type Branch = (filters: number, stride: number) => ConvolutionOptions[]

/** Stem, stages of blocks, global average pooling. The first block of every stage but the first has stride 2. */
export function residualStages(layers: LayerFactory, input: SymbolicTensor, options: ResidualOptions, branch: Branch): SymbolicTensor {
  if (options.zeroInitResidual && options.shortcut === 'none')
    throw new LossboardError(
      'invalid_option',
      'model: zeroInitResidual needs a shortcut: without one every block would put out 0. Drop zeroInitResidual or set shortcut to "projection"',
    )
  let x = stem(layers, input, options)
  for (let stage = 1; stage <= options.stages; stage++) {
    for (let index = 1; index <= options.blocks; index++) {
      const convolutions = branch(options.filters * 2 ** (stage - 1), stage > 1 && index === 1 ? 2 : 1)
      x = block(layers, x, `stage${stage}-block${index}`, convolutions, options)
    }
    x = layers.dropout(x, `stage${stage}`, 'channels')
  }
  return averageHead(layers, x)
}

function stem(layers: LayerFactory, input: SymbolicTensor, { filters, stem: { kernelSize, stride, pool } }: ResidualOptions): SymbolicTensor {
  const x = layers.activation(layers.normedConvolution(input, 'stem', { filters, kernelSize, stride }), 'stem')
  return pool ? layers.add(layers.tf.layers.maxPooling2d({ name: 'stem-pool', poolSize: 3, strides: 2, padding: 'same' }), x) : x
}

function block(layers: LayerFactory, x: SymbolicTensor, name: string, convolutions: ConvolutionOptions[], options: ResidualOptions): SymbolicTensor {
  let y = x
  for (const [index, convolution] of convolutions.entries()) {
    const last = index === convolutions.length - 1
    const convName = `${name}-conv${index + 1}`
    y = layers.normedConvolution(y, convName, convolution, last && options.zeroInitResidual)
    if (!last) y = layers.activation(y, convName)
  }
  return layers.activation(
    options.shortcut === 'none' ? y : layers.add(layers.tf.layers.add({ name: `${name}-add` }), [y, shortcut(layers, x, y, name)]),
    name,
  )
}

/** The input itself, or a 1 × 1 convolution with the stride of the block where its shape changes. */
function shortcut(layers: LayerFactory, x: SymbolicTensor, y: SymbolicTensor, name: string): SymbolicTensor {
  if (x.shape.every((length, axis) => length === y.shape[axis])) return x
  const stride = x.shape[1] === y.shape[1] && x.shape[2] === y.shape[2] ? 1 : 2
  return layers.normedConvolution(x, `${name}-shortcut`, { filters: y.shape[3]!, kernelSize: 1, stride })
}
