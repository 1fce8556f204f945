import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z
  .strictObject({ kind: z.literal('gelu') })
  .describe('f(x) = x * Phi(x) with the exact normal distribution function (erf), not the tanh approximation.')

/** f(x) = x·Φ(x) = ½x(1 + erf(x/√2)); erf itself is good to 1.5e-7 in TensorFlow.js. */
export const gelu: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'gelu', name }),
  is: isBuiltIn('gelu'),
}
