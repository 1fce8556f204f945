import { z } from 'zod'
import { defineSchedule, finalOption, progress, warmupOptions } from './schedule-kind.ts'

/** 1 − (1 − f)·p, where p is the share of the steps that is over. */
export const linear = defineSchedule({
  kind: 'linear',
  schema: z
    .strictObject({ kind: z.literal('linear'), ...warmupOptions, final: finalOption() })
    .describe('A straight line from the learning rate down to its final share.'),
  factor: ({ final }, span) => {
    return (step) => {
      const p = progress(step, span)
      return 1 - p + final * p
    }
  },
})
