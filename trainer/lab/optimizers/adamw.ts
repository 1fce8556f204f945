import { z } from 'zod'
import { adamOptions, adamRule } from './adam-rule.ts'
import { sharedOptions } from './shared-options.ts'
import { defineOptimizer } from './update-rule.ts'

/** Adam whose weight decay is decoupled by default: w ← w − lr·(m̂ / (√v̂ + ε) + λ·w). Loshchilov and Hutter 2019. */
export const adamw = defineOptimizer({
  kind: 'adamw',
  schema: z
    .strictObject({ kind: z.literal('adamw'), ...sharedOptions({ lr: 1e-3, weightDecay: 0.01, decay: 'decoupled' }), ...adamOptions })
    .describe('AdamW: Adam with decoupled weight decay, 0.01 by default; w ← w − lr·(m̂ / (√v̂ + ε) + λ·w).'),
  rule: adamRule,
})
