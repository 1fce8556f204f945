import { z } from 'zod'
import { epsilonOption, sharedOptions } from './shared-options.ts'
import { defineOptimizer } from './update-rule.ts'

/** s ← s + g²; w ← w − lr·g / (√s + ε), s beginning at 0. Duchi, Hazan, Singer 2011. */
export const adagrad = defineOptimizer({
  kind: 'adagrad',
  schema: z
    .strictObject({ kind: z.literal('adagrad'), ...sharedOptions({ lr: 0.01 }), epsilon: epsilonOption })
    .describe('AdaGrad: s ← s + g²; w ← w − lr·g / (√s + ε), s beginning at 0.'),
  rule: (tf, { epsilon }) => ({
    slots: ['s'],
    countsUpdates: false,
    begin(learningRate) {
      const rate = tf.scalar(learningRate)
      const small = tf.scalar(epsilon)
      return (gradient, [s]) => {
        const squares = tf.add(s!, tf.square(gradient))
        return { decrease: tf.mul(tf.div(gradient, tf.add(tf.sqrt(squares), small)), rate), slots: [squares] }
      }
    },
  }),
})
