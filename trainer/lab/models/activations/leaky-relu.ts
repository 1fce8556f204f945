import { z } from 'zod'
import type { Activation } from './activation.ts'

const schema = z
  .strictObject({
    kind: z.literal('leaky-relu'),
    slope: z.number().min(0).lt(1).default(0.01).describe('Slope for negative inputs, from 0 to below 1.'),
  })
  .describe('f(x) = x for x > 0, slope * x else: no unit can die.')

/** f(x) = x for x > 0, slope·x else: a unit always has a gradient. */
export const leakyRelu: Activation<typeof schema> = {
  schema,
  layer: (tf, { slope }, name) => tf.layers.leakyReLU({ alpha: slope, name }),
  is: (className) => className === 'LeakyReLU',
}
