import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'

/**
 * Logits of the mean of the members: of their logits themselves, or such that their softmax (or sigmoid) is the mean of the members'
 * probabilities. The latter is computed from logarithms, so that nothing under- or overflows.
 */
export function meanLogits(tf: Tf, members: readonly Tensor2D[], average: 'probabilities' | 'logits', loss: string): Tensor2D {
  return tf.tidy(() => {
    const stack = tf.stack([...members])
    if (average === 'logits') return tf.mean(stack, 0) as Tensor2D
    if (loss !== 'sigmoid-cross-entropy') return logMean(tf, tf.logSoftmax(stack, -1), members.length) as Tensor2D
    return tf.sub(logMean(tf, tf.logSigmoid(stack), members.length), logMean(tf, tf.logSigmoid(tf.neg(stack)), members.length)) as Tensor2D
  })
}

/** log of the mean of exp over the first axis. */
function logMean(tf: Tf, logarithms: Tensor, count: number): Tensor {
  return tf.sub(tf.logSumExp(logarithms, 0), Math.log(count))
}
