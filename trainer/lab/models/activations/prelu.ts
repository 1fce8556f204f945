import { z } from 'zod'
import { labLayers } from '../layers/lab-layers.ts'
import type { Activation } from './activation.ts'

const schema = z
  .strictObject({
    kind: z.literal('prelu'),
    slope: z.number().default(0.25).describe('Slope for negative inputs at the start; each unit or channel then learns its own.'),
  })
  .describe('Leaky ReLU whose slope is learned, one per unit or channel.')

/** f(x) = x for x > 0, a·x else, where every unit (dense) or channel (convolution) learns its own a. */
export const prelu: Activation<typeof schema> = {
  schema,
  layer: (tf, { slope }, name) => new (labLayers(tf).ChannelPReLU)({ slope, name }),
  is: (className) => className === 'ChannelPReLU' || className === 'PReLU',
}
