import { z } from 'zod'
import type { Architecture } from './architecture.ts'
import { residualOptions } from './residual-options.ts'
import { residualStages } from './residual-stages.ts'

const schema = z
  .strictObject({ kind: z.literal('residual'), ...residualOptions })
  .describe('Residual network of basic blocks: two 3 × 3 convolutions and a shortcut. Layers: stem, stage1-block1-conv1, …')

export const residual: Architecture<typeof schema> = {
  schema,
  imagesOnly: true,
  assemble: (layers, input, options) =>
    residualStages(layers, input, options, (filters, stride) => [
      { filters, kernelSize: 3, stride },
      { filters, kernelSize: 3 },
    ]),
}
