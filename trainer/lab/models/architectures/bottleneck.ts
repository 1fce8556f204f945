import { z } from 'zod'
import type { Architecture } from './architecture.ts'
import { residualOptions } from './residual-options.ts'
import { residualStages } from './residual-stages.ts'

const schema = z
  .strictObject({
    kind: z.literal('bottleneck'),
    ...residualOptions,
    expansion: z.int().min(1).default(4).describe('A block puts out this many times as many channels as its inner convolutions have.'),
  })
  .describe('Residual network of bottleneck blocks: 1 × 1, 3 × 3, 1 × 1 convolutions, and a shortcut.')

/** The stride is on the 3 × 3 convolution. */
export const bottleneck: Architecture<typeof schema> = {
  schema,
  imagesOnly: true,
  assemble: (layers, input, options) =>
    residualStages(layers, input, options, (filters, stride) => [
      { filters, kernelSize: 1 },
      { filters, kernelSize: 3, stride },
      { filters: filters * options.expansion, kernelSize: 1 },
    ]),
}
