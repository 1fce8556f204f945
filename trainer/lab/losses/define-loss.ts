import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import type { z } from 'zod'
import type { Tf } from '../../tfjs/tf.ts'

/** One loss: a file exports it, `registry.ts` lists it. */
export interface LossKind<Kind extends string, Schema extends z.ZodType<{ kind: Kind }>> {
  kind: Kind
  schema: Schema
  initialLoss(classes: number): number
  /** Loss of each example, with a gradient towards the logits only. Shapes are checked already. */
  perExample(tf: Tf, options: z.output<Schema>, targets: Tensor2D, logits: Tensor2D): Tensor1D
}

/** Lets the compiler infer the schema of a kind. */
export function defineLoss<const Kind extends string, Schema extends z.ZodType<{ kind: Kind }>>(
  kind: LossKind<Kind, Schema>,
): LossKind<Kind, Schema> {
  return kind
}
