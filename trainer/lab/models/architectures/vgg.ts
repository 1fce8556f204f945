import type { SymbolicTensor } from '@tensorflow/tfjs'
import { z } from 'zod'
import { LossboardError } from '../../../../core/errors.ts'
import { headSchema, vggHead } from '../heads.ts'
import { convolutionOptions } from '../hidden-layer-options.ts'
import type { LayerFactory } from '../layer-factory.ts'
import type { Architecture } from './architecture.ts'

const schema = z
  .strictObject({
    kind: z.literal('vgg'),
    ...convolutionOptions,
    convolutions: z.int().min(1).default(2).describe('Convolutions per stage.'),
    kernelSize: z.int().min(1).default(3).describe('Side of every kernel. Two 3 × 3 convolutions see what one 5 × 5 sees, with fewer parameters.'),
    head: headSchema.prefault('average').describe('What turns the last feature maps into the inputs of the output layer.'),
  })
  .describe('VGG-style network: stages of convolutions, a 2 × 2 max pooling after each. Layers: stage1-conv1, stage1-conv2, stage1-pool, …')

/** Stages of `convolutions` times (convolution, norm, activation), each closed by a max pooling that halves height and width (rounding down). */
export const vgg: Architecture<typeof schema> = {
  schema,
  imagesOnly: true,
  assemble(layers, input, { filters, stages, convolutions, kernelSize, head }) {
    let x = input
    for (let stage = 1; stage <= stages; stage++) {
      for (let index = 1; index <= convolutions; index++) {
        const name = `stage${stage}-conv${index}`
        x = layers.activation(layers.normedConvolution(x, name, { filters: filters * 2 ** (stage - 1), kernelSize }), name)
      }
      x = layers.dropout(pooled(layers, x, stage), `stage${stage}`, 'channels')
    }
    return vggHead(layers, x, head)
  },
}

function pooled(layers: LayerFactory, x: SymbolicTensor, stage: number): SymbolicTensor {
  const [, height, width] = x.shape
  if (Math.min(height!, width!) < 2)
    throw new LossboardError(
      'invalid_option',
      `model vgg: the images are ${height} × ${width} pixels in stage ${stage} and cannot be halved again: use at most ${stage - 1} stages`,
    )
  return layers.add(layers.tf.layers.maxPooling2d({ name: `stage${stage}-pool`, poolSize: 2, strides: 2 }), x)
}
