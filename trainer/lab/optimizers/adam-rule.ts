import type { z } from 'zod'
import type { Tf } from '../../tfjs/tf.ts'
import { epsilonOption, runningMeanRate } from './shared-options.ts'
import type { UpdateRule } from './update-rule.ts'

export const adamOptions = {
  beta1: runningMeanRate(0.9, 'β₁: share of the running mean of gradients that is kept from step to step.'),
  beta2: runningMeanRate(0.999, 'β₂: share of the running mean of squared gradients that is kept from step to step.'),
  epsilon: epsilonOption,
}

type AdamOptions = z.output<z.ZodObject<typeof adamOptions>>

/**
 * m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; w ← w − lr · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε). Kingma and Ba 2015, algorithm 1.
 *
 * t counts the updates of the variable itself: a layer that is thawed late begins with its own correction, not with one that has run out.
 * 1 − βᵗ is computed in double precision, and means move by (1 − β)·(g − m): float32 of 0.999 is off by 1.3e-5 of what is left to 1.
 */
export function adamRule(tf: Tf, { beta1, beta2, epsilon }: AdamOptions): UpdateRule {
  return {
    slots: ['m', 'v'],
    countsUpdates: true,
    begin(learningRate, counts) {
      const fresh1 = tf.scalar(1 - beta1)
      const fresh2 = tf.scalar(1 - beta2)
      // With r = √(1 − β₂ᵗ): (lr·r / (1 − β₁ᵗ)) · m / (√v + ε·r). The same number with a pass less over the weights.
      const corrections = new Map(
        [...counts].map((updates) => {
          const root = Math.sqrt(correctionOf(beta2, updates))
          return [updates, { rate: tf.scalar((learningRate * root) / correctionOf(beta1, updates)), small: tf.scalar(epsilon * root) }]
        }),
      )
      return (gradient, [m, v], updates) => {
        const { rate, small } = corrections.get(updates)!
        const mean = tf.add(m!, tf.mul(tf.sub(gradient, m!), fresh1))
        const squares = tf.add(v!, tf.mul(tf.sub(tf.square(gradient), v!), fresh2))
        return { decrease: tf.mul(tf.div(mean, tf.add(tf.sqrt(squares), small)), rate), slots: [mean, squares] }
      }
    },
  }
}

/** 1 − βᵗ without losing digits when β is close to 1. */
function correctionOf(beta: number, updates: number): number {
  return -Math.expm1(updates * Math.log(beta))
}
