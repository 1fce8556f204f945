import { z } from 'zod'
import { epsilonOption, runningMeanRate, sharedOptions } from './shared-options.ts'
import { defineOptimizer } from './update-rule.ts'

/** s ← δ·s + (1 − δ)·g²; w ← w − lr·g / (√s + ε), s beginning at 0. */
export const rmsprop = defineOptimizer({
  kind: 'rmsprop',
  schema: z
    .strictObject({
      kind: z.literal('rmsprop'),
      ...sharedOptions({ lr: 1e-3 }),
      decayRate: runningMeanRate(0.9, 'δ: share of the running mean of squared gradients that is kept from step to step.'),
      epsilon: epsilonOption,
    })
    .describe('RMSProp: s ← δ·s + (1 − δ)·g²; w ← w − lr·g / (√s + ε), s beginning at 0.'),
  rule: (tf, { decayRate, epsilon }) => ({
    slots: ['s'],
    countsUpdates: false,
    begin(learningRate) {
      const rate = tf.scalar(learningRate)
      const fresh = tf.scalar(1 - decayRate)
      const small = tf.scalar(epsilon)
      return (gradient, [s]) => {
        const squares = tf.add(s!, tf.mul(tf.sub(tf.square(gradient), s!), fresh))
        return { decrease: tf.mul(tf.div(gradient, tf.add(tf.sqrt(squares), small)), rate), slots: [squares] }
      }
    },
  }),
})
