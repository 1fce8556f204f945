import { z } from 'zod'
import { defineSchedule, finalOption, halfCosine, progress, warmupOptions } from './schedule-kind.ts'

/** Up from a low rate to the learning rate, then down to almost nothing. Smith 2018; the defaults are those of PyTorch's OneCycleLR. */
export const oneCycle = defineSchedule({
  kind: 'one-cycle',
  schema: z
    .strictObject({
      kind: z.literal('one-cycle'),
      ...warmupOptions,
      start: z
        .number()
        .positive('must be above 0')
        .max(1, 'must be at most 1')
        .default(0.04)
        .describe('Rate at the beginning, as a share of the learning rate.'),
      peakAt: z
        .number()
        .gt(0, 'must be above 0')
        .lt(1, 'must be below 1')
        .default(0.3)
        .describe('Share of the steps after which the peak is reached.'),
      final: finalOption(4e-6),
      shape: z.enum(['cosine', 'linear']).default('cosine').describe('How the rate rises and falls.'),
    })
    .describe('Up from a low rate to the learning rate, then down to almost nothing.'),
  factor: ({ start, peakAt, final, shape }, span) => {
    const fall = shape === 'cosine' ? halfCosine : (p: number) => 1 - p
    return (step) => {
      const p = progress(step, span)
      if (p <= peakAt) return 1 - (1 - start) * fall(p / peakAt)
      return final + (1 - final) * fall((p - peakAt) / (1 - peakAt))
    }
  },
})
