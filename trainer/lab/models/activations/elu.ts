import { z } from 'zod'
import { type Activation, isBuiltIn } from './activation.ts'

const schema = z.strictObject({ kind: z.literal('elu') }).describe('f(x) = x for x > 0, exp(x) - 1 else.')
const isFunction = isBuiltIn('elu')

/** f(x) = x for x > 0, eˣ − 1 else (α = 1). */
export const elu: Activation<typeof schema> = {
  schema,
  layer: (tf, _options, name) => tf.layers.activation({ activation: 'elu', name }),
  is: (className, config) => className === 'ELU' || isFunction(className, config),
}
