import { z } from 'zod'
import { sharedOptions } from './shared-options.ts'
import { defineOptimizer } from './update-rule.ts'

/** w ← w − lr·g */
export const sgd = defineOptimizer({
  kind: 'sgd',
  schema: z.strictObject({ kind: z.literal('sgd'), ...sharedOptions({ lr: 0.1 }) }).describe('Plain gradient descent: w ← w − lr·g.'),
  rule: (tf) => ({
    slots: [],
    countsUpdates: false,
    begin(learningRate) {
      const rate = tf.scalar(learningRate)
      return (gradient) => ({ decrease: tf.mul(gradient, rate), slots: [] })
    },
  }),
})
