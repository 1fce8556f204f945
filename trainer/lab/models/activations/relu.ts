import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z.strictObject({ kind: z.literal('relu') }).describe('f(x) = max(0, x).')

/** f(x) = max(0, x). A unit whose input is never positive is dead: its gradient is 0 for ever. */
export const relu: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'relu', name }),
  is: isBuiltIn('relu'),
}
