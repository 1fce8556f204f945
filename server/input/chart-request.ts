import { z } from 'zod'
import type { ChartRequest } from '../../core/chart.ts'
import { metricName, runId } from './names.ts'

const xAxis = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step') }),
  z.object({ kind: z.literal('relative') }),
  z.object({ kind: z.literal('wall') }),
  z.object({ kind: z.literal('metric'), name: metricName }),
])

const smoothing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('ema'), weight: z.number().min(0, 'must be from 0 to below 1').lt(1, 'must be from 0 to below 1') }),
  z.object({
    kind: z.literal('mean'),
    window: z
      .int()
      .min(1, 'must be at least 1')
      .max(1_000_001, 'must be at most 1000001')
      .refine((window) => window % 2 === 1, 'must be odd'),
  }),
  z.object({ kind: z.literal('gaussian'), sigma: z.number().positive('must be above 0').max(100_000, 'must be at most 100000') }),
  z.object({ kind: z.literal('time'), halfLife: z.number().positive('must be above 0') }),
])

/** One chart query as the browser sends it. */
export const chartRequest = z.object({
  runId,
  name: metricName,
  x: xAxis,
  range: z
    .tuple([z.number(), z.number()])
    .refine(([low, high]) => low <= high, 'must be [low, high] with low ≤ high')
    .nullable(),
  width: z.int('must be a whole number of pixels').min(1, 'must be at least 1').max(8192, 'must be at most 8192'),
  smoothing,
  abandoned: z.boolean(),
}) satisfies z.ZodType<ChartRequest>
