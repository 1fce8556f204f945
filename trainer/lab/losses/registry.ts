import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import { z } from 'zod'
import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../../tfjs/tf.ts'
import type { LabLoss } from './lab-loss.ts'
import { sigmoidCrossEntropy } from './sigmoid-cross-entropy.ts'
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts'

/** Every loss, by its kind. */
export const LOSSES = { [softmaxCrossEntropy.kind]: softmaxCrossEntropy, [sigmoidCrossEntropy.kind]: sigmoidCrossEntropy }

type Schema = (typeof LOSSES)[keyof typeof LOSSES]['schema']

export const LOSS_KINDS = Object.keys(LOSSES) as (keyof typeof LOSSES)[]

export const lossSchema = z
  .discriminatedUnion('kind', Object.values(LOSSES).map(({ schema }) => schema) as unknown as [Schema, ...Schema[]], {
    error: `needs a kind: ${LOSS_KINDS.join(', ')}`,
  })
  .describe('What is minimised, computed from logits in a numerically stable way.')

/** As written; everything but `kind` has a default. */
export type LossInput = z.input<typeof lossSchema>
/** With every default filled in. */
export type LossConfig = z.output<typeof lossSchema>

/** The loss of a checked config. Its tensors belong to the caller, or to the tidy around the call. */
export function makeLoss(tf: Tf, config: LossConfig): LabLoss {
  const { initialLoss, perExample } = LOSSES[config.kind] as {
    initialLoss(classes: number): number
    perExample(tf: Tf, options: LossConfig, targets: Tensor2D, logits: Tensor2D): Tensor1D
  }
  const each = (targets: Tensor2D, logits: Tensor2D): Tensor1D => {
    if (logits.rank !== 2 || targets.rank !== 2 || targets.shape[0] !== logits.shape[0] || targets.shape[1] !== logits.shape[1])
      throw new LossboardError(
        'invalid_value',
        `${config.kind}: targets are [${targets.shape.join(', ')}] and logits [${logits.shape.join(', ')}]: both must be [batch, outputs]`,
      )
    return tf.tidy(() => perExample(tf, config, targets, logits))
  }
  return {
    kind: config.kind,
    initialLoss(classes) {
      if (!Number.isSafeInteger(classes) || classes < 1)
        throw new LossboardError('invalid_argument', `there cannot be ${classes} classes: it must be a whole number, 1 or more`)
      return initialLoss(classes)
    },
    perExample: each,
    mean: (targets, logits) => tf.tidy(() => tf.mean(each(targets, logits)) as Scalar),
  }
}
