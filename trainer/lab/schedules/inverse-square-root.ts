import { z } from 'zod'
import { defineSchedule, warmupOptions } from './schedule-kind.ts'

/** √(k / (k + s)) with s steps since the warm-up. With k = warm-up (the default when there is one) that is √(warmup / step), as in the Transformer. */
export const inverseSquareRoot = defineSchedule({
  kind: 'inverse-square-root',
  schema: z
    .strictObject({
      kind: z.literal('inverse-square-root'),
      ...warmupOptions,
      timescale: z
        .number()
        .positive('must be above 0')
        .nullable()
        .default(null)
        .describe('Steps k in √(k / (k + s)): after k steps the rate is at 71 %, after 3 k at half. null: as long as the warm-up, 1 without one.'),
    })
    .describe('The rate falls as one over the square root of the steps; it never ends, so it does not need to know how long the run is.'),
  factor: ({ timescale }, { warmup }) => {
    const scale = timescale ?? Math.max(1, warmup)
    return (step) => Math.sqrt(scale / (scale + Math.max(0, step - warmup)))
  },
})
