import type { Tensor } from '@tensorflow/tfjs'
import type { z } from 'zod'
import type { Tf } from '../../tfjs/tf.ts'
import type { SharedOptions } from './shared-options.ts'

export interface Update {
  /** What is taken off the variable. */
  decrease: Tensor
  /** New values of the slots, in the order of `UpdateRule.slots`. */
  slots: Tensor[]
}

/** Makes the update of one variable from its gradient, its slots, and how often it has been updated, this time included. */
export type UpdateVariable = (gradient: Tensor, slots: readonly Tensor[], updates: number) => Update

export interface UpdateRule {
  /** Names of what is kept per weight; each begins at zero. */
  slots: readonly string[]
  /** True when the rule uses the number of updates, which then belongs to the state. */
  countsUpdates: boolean
  /** Called once per step, inside a tidy: makes what all variables share. `counts`: every value that `updates` will have in this step. */
  begin(learningRate: number, counts: ReadonlySet<number>): UpdateVariable
}

/** One optimizer: a file exports it, `registry.ts` lists it. */
export interface OptimizerKind<Kind extends string, Schema extends z.ZodType<SharedOptions & { kind: Kind }>> {
  kind: Kind
  schema: Schema
  rule(tf: Tf, options: z.output<Schema>): UpdateRule
}

/** Lets the compiler infer the schema of a kind. */
export function defineOptimizer<const Kind extends string, Schema extends z.ZodType<SharedOptions & { kind: Kind }>>(
  kind: OptimizerKind<Kind, Schema>,
): OptimizerKind<Kind, Schema> {
  return kind
}
