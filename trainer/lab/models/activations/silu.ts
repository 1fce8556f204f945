import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z.strictObject({ kind: z.literal('silu') }).describe('f(x) = x * sigmoid(x), also called swish.')

/** f(x) = x/(1 + e⁻ˣ), also called swish. */
export const silu: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'swish', name }),
  is: isBuiltIn('swish'),
}
