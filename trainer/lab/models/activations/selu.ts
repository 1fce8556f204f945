import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z
  .strictObject({ kind: z.literal('selu') })
  .describe('Scaled ELU, which keeps mean 0 and variance 1 by itself when initialised with xavier.')

/** f(x) = λx for x > 0, λα(eˣ − 1) else, with λ ≈ 1.0507 and α ≈ 1.6733: self-normalising with `xavier` weights (standard deviation 1/√Din). */
export const selu: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'selu', name }),
  is: isBuiltIn('selu'),
}
