import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import { z } from 'zod'
import { defineLoss } from './define-loss.ts'
import { labelSmoothingOption } from './label-smoothing.ts'

/**
 * −Σ y·log softmax(x) per example; its gradient is softmax(x)·Σy − y.
 *
 * log softmax is (x − max x) − log Σ exp(x − max x): the largest exponent is 0, so nothing overflows, and the small logarithm is never
 * added to a large logit, where float32 would lose it. A probability within 6e-8 of 1 has a loss of 0. With smoothing ε, y is (1 − ε)·y + ε/C.
 */
export const softmaxCrossEntropy = defineLoss({
  kind: 'softmax-cross-entropy',
  schema: z
    .strictObject({ kind: z.literal('softmax-cross-entropy'), labelSmoothing: labelSmoothingOption })
    .describe('Classes exclude each other: −log of the softmax probability of the true class.'),
  initialLoss: (classes) => Math.log(classes),
  perExample(tf, { labelSmoothing }, targets, logits) {
    const classes = logits.shape[1]
    const y = labelSmoothing > 0 ? tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / classes) : targets
    const compute = tf.customGrad((x, save) => {
      const shifted = tf.sub(x as Tensor2D, tf.max(x as Tensor2D, -1, true))
      const logProbabilities = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)))
      ;(save as (tensors: Tensor[]) => void)([logProbabilities, y])
      return {
        value: tf.neg(tf.sum(tf.mul(y, logProbabilities), -1)),
        gradFunc: (dy: Tensor, saved: Tensor[]) => {
          const [logP, truth] = saved as [Tensor2D, Tensor2D]
          const gradient = tf.sub(tf.mul(tf.exp(logP), tf.sum(truth, -1, true)), truth)
          return tf.mul(gradient, tf.expandDims(dy, -1))
        },
      }
    })
    return compute(logits) as Tensor1D
  },
})
