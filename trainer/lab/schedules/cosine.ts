import { z } from 'zod'
import { defineSchedule, finalOption, halfCosine, progress, warmupOptions } from './schedule-kind.ts'

/** f + (1 − f)·(1 + cos(π·p)) / 2, where p is the share of the steps that is over. Loshchilov and Hutter 2017, without restarts. */
export const cosine = defineSchedule({
  kind: 'cosine',
  schema: z
    .strictObject({ kind: z.literal('cosine'), ...warmupOptions, final: finalOption() })
    .describe('Half a cosine wave from the learning rate down to its final share.'),
  factor:
    ({ final }, span) =>
    (step) =>
      final + (1 - final) * halfCosine(progress(step, span)),
})
