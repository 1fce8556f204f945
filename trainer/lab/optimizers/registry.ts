import { z } from 'zod'
import type { Tf } from '../../tfjs/tf.ts'
import { adagrad } from './adagrad.ts'
import { adam } from './adam.ts'
import { adamw } from './adamw.ts'
import type { LabOptimizer } from './lab-optimizer.ts'
import { momentum } from './momentum.ts'
import { nesterov } from './nesterov.ts'
import { optimizerClass } from './optimizer-class.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'
import type { UpdateRule } from './update-rule.ts'

/** Every optimizer, in the order in which they are documented. */
export const OPTIMIZERS = { sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw }

type Schema = (typeof OPTIMIZERS)[keyof typeof OPTIMIZERS]['schema']

export const OPTIMIZER_KINDS = Object.keys(OPTIMIZERS) as (keyof typeof OPTIMIZERS)[]

export const optimizerSchema = z
  .discriminatedUnion('kind', Object.values(OPTIMIZERS).map(({ schema }) => schema) as unknown as [Schema, ...Schema[]], {
    error: `needs a kind: ${OPTIMIZER_KINDS.join(', ')}`,
  })
  .describe('How gradients become updates of the weights.')

/** As written; everything but `kind` has a default. */
export type OptimizerInput = z.input<typeof optimizerSchema>
/** With every default filled in. */
export type OptimizerConfig = z.output<typeof optimizerSchema>

/** The optimizer of a checked config (`optimizerSchema.parse` fills in the defaults), for variables made with this `tf`. */
export function makeOptimizer(tf: Tf, config: OptimizerConfig): LabOptimizer {
  // A config goes with the rule of its own kind; the compiler cannot follow that through the table.
  const rule = OPTIMIZERS[config.kind].rule as (tf: Tf, options: OptimizerConfig) => UpdateRule
  const LabOptimizerClass = optimizerClass(tf)
  return new LabOptimizerClass(config, rule(tf, config))
}
