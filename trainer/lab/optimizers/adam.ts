import { z } from 'zod'
import { adamOptions, adamRule } from './adam-rule.ts'
import { sharedOptions } from './shared-options.ts'
import { defineOptimizer } from './update-rule.ts'

export const adam = defineOptimizer({
  kind: 'adam',
  schema: z
    .strictObject({ kind: z.literal('adam'), ...sharedOptions({ lr: 1e-3 }), ...adamOptions })
    .describe('Adam with bias correction: running means of gradients and of their squares; w ← w − lr·m̂ / (√v̂ + ε).'),
  rule: adamRule,
})
