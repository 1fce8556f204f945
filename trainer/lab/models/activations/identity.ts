import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z.strictObject({ kind: z.literal('identity') }).describe('No activation: f(x) = x. Stacked layers stay one linear function.')

/** f(x) = x. Any number of layers with it is still one linear function. */
export const identity: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'linear', name }),
  is: isBuiltIn('linear'),
}
