import { z } from 'zod'
import { labLayers } from '../layers/lab-layers.ts'
import { epsilon } from './epsilon.ts'
import type { Norm } from './norm.ts'

const schema = z
  .strictObject({
    kind: z.literal('batch'),
    momentum: z
      .number()
      .min(0)
      .lt(1)
      .default(0.9)
      .describe('Share of the old moving average kept at each step. 0.99 lags hundreds of steps behind: bad for short runs.'),
    epsilon,
  })
  .describe('Batch norm: each channel over the batch and all positions in training, by moving averages in inference.')

/** Each channel over the batch and all positions; moving averages (variance divided by n) in inference, when layers can be fused. */
export const batch: Norm<typeof schema> = {
  schema,
  cancelsBias: true,
  layer: (tf, { momentum, epsilon }, { name }) => new (labLayers(tf).FreezableBatchNorm)({ name, momentum, epsilon }),
}
