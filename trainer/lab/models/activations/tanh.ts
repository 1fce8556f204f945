import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z.strictObject({ kind: z.literal('tanh') }).describe('f(x) = tanh(x), between -1 and 1; saturates on both sides.')

/** f(x) = tanh x: centred at 0, saturates on both sides. */
export const tanh: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'tanh', name }),
  is: isBuiltIn('tanh'),
}
