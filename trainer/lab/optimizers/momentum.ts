import { z } from 'zod'
import { momentumRate, sharedOptions } from './shared-options.ts'
import { defineOptimizer } from './update-rule.ts'

/** v ← ρ·v + g; w ← w − lr·v. A changed learning rate acts on the whole velocity at once. */
export const momentum = defineOptimizer({
  kind: 'momentum',
  schema: z
    .strictObject({ kind: z.literal('momentum'), ...sharedOptions({ lr: 0.01 }), momentum: momentumRate })
    .describe('Gradient descent with momentum: v ← ρ·v + g; w ← w − lr·v.'),
  rule: (tf, { momentum }) => ({
    slots: ['v'],
    countsUpdates: false,
    begin(learningRate) {
      const rate = tf.scalar(learningRate)
      const kept = tf.scalar(momentum)
      return (gradient, [v]) => {
        const velocity = tf.add(tf.mul(v!, kept), gradient)
        return { decrease: tf.mul(velocity, rate), slots: [velocity] }
      }
    },
  }),
})
