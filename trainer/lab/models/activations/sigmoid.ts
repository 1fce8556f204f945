import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z.strictObject({ kind: z.literal('sigmoid') }).describe('f(x) = 1 / (1 + exp(-x)), between 0 and 1; saturates on both sides.')

/** f(x) = 1/(1 + e⁻ˣ). Saturates on both sides and its outputs are not centred at 0. */
export const sigmoid: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'sigmoid', name }),
  is: isBuiltIn('sigmoid'),
}
