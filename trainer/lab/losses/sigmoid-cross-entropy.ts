import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import { z } from 'zod'
import { defineLoss } from './define-loss.ts'
import { labelSmoothingOption } from './label-smoothing.ts'
import { logOnePlus } from './log-one-plus.ts'

/**
 * Mean over the outputs of −y·log σ(x) − (1 − y)·log(1 − σ(x)), computed as max(x, 0) − x·y + log(1 + exp(−|x|)), whose exponent is never
 * above 0. Its gradient is (σ(x) − y) / outputs. With smoothing ε, y is (1 − ε)·y + ε/2.
 */
export const sigmoidCrossEntropy = defineLoss({
  kind: 'sigmoid-cross-entropy',
  schema: z
    .strictObject({ kind: z.literal('sigmoid-cross-entropy'), labelSmoothing: labelSmoothingOption })
    .describe('Each output is a yes or no of its own: binary cross entropy of the sigmoid, mean over the outputs.'),
  initialLoss: () => Math.LN2,
  perExample(tf, { labelSmoothing }, targets, logits) {
    const outputs = logits.shape[1]
    const y = labelSmoothing > 0 ? tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / 2) : targets
    const compute = tf.customGrad((input, save) => {
      const x = input as Tensor2D
      ;(save as (tensors: Tensor[]) => void)([x, y])
      const each = tf.add(tf.sub(tf.relu(x), tf.mul(x, y)), logOnePlus(tf, tf.exp(tf.neg(tf.abs(x)))))
      return {
        value: tf.mean(each, -1),
        gradFunc: (dy: Tensor, saved: Tensor[]) => {
          const [logit, truth] = saved as [Tensor2D, Tensor2D]
          return tf.mul(tf.sub(tf.sigmoid(logit), truth), tf.div(tf.expandDims(dy, -1), outputs))
        },
      }
    })
    return compute(logits) as Tensor1D
  },
})
