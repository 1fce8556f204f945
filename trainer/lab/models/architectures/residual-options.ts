import { z } from 'zod'
import { convolutionOptions } from '../hidden-layer-options.ts'
import { normSchema } from '../norms/registry.ts'

/** Options of both kinds of residual network. */
export const residualOptions = {
  ...convolutionOptions,
  norm: normSchema.prefault('batch').describe('Normalisation after every convolution.'),
  blocks: z.int().min(1).max(64).default(2).describe('Blocks per stage.'),
  stem: z
    .strictObject({
      kernelSize: z.int().min(1).default(3).describe('Side of the kernel of the first convolution.'),
      stride: z.int().min(1).default(1).describe('Stride of the first convolution.'),
      pool: z.boolean().default(false).describe('Whether a 3 × 3 max pooling of stride 2 follows.'),
    })
    .prefault({})
    .describe('The convolution before the first block. Small images: 3 × 3 of stride 1; 224 × 224: 7 × 7 of stride 2 with pooling.'),
  shortcut: z
    .enum(['projection', 'none'])
    .default('projection')
    .describe('projection: the input is added, through a 1 × 1 convolution where the shape changes. none: the plain network of the same layers.'),
  zeroInitResidual: z
    .boolean()
    .default(false)
    .describe('Start every block as the identity: the gain of its last norm is 0 (without norm: the kernel of its last convolution).'),
}
