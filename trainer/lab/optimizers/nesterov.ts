import { z } from 'zod'
import { momentumRate, sharedOptions } from './shared-options.ts'
import { defineOptimizer } from './update-rule.ts'

/**
 * v' ← ρ·v − lr·g; w ← w − ρ·v + (1 + ρ)·v'.
 *
 * The velocity holds learning rates of the steps that built it: it is a distance. At a constant rate this equals w ← w − lr·(g + ρ·u) with
 * u ← ρ·u + g, the form of TensorFlow and PyTorch. When the rate changes they differ: here the velocity keeps the old rate and forgets it by
 * ρ per step; there the whole velocity is rescaled at once.
 */
export const nesterov = defineOptimizer({
  kind: 'nesterov',
  schema: z
    .strictObject({ kind: z.literal('nesterov'), ...sharedOptions({ lr: 0.01 }), momentum: momentumRate })
    .describe("Nesterov momentum: v' ← ρ·v − lr·g; w ← w − ρ·v + (1 + ρ)·v'."),
  rule: (tf, { momentum }) => ({
    slots: ['v'],
    countsUpdates: false,
    begin(learningRate) {
      const rate = tf.scalar(learningRate)
      const kept = tf.scalar(momentum)
      const ahead = tf.scalar(1 + momentum)
      return (gradient, [v]) => {
        const old = tf.mul(v!, kept)
        const velocity = tf.sub(old, tf.mul(gradient, rate))
        return { decrease: tf.sub(old, tf.mul(velocity, ahead)), slots: [velocity] }
      }
    },
  }),
})
