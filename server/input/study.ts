import { z } from 'zod'
import { metricName, runId } from './names.ts'

const step = z.enum(['min', 'max'])

export const studyMetric = z.strictObject({
  name: metricName,
  label: z.string().max(200, 'must be at most 200 characters').nullable(),
  goal: step,
  unit: z.string().max(40, 'must be at most 40 characters').nullable(),
  digits: z.union([z.int().min(0, 'must be at least 0').max(12, 'must be at most 12'), z.literal('uncertainty')]),
  aggregate: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('last') }),
    z.strictObject({ kind: z.literal('best') }),
    z.strictObject({ kind: z.literal('at-best'), metric: metricName, goal: step }),
    z.strictObject({ kind: z.literal('mean-last'), count: z.int().min(1, 'must be at least 1').max(1_000_000, 'must be at most 1000000') }),
  ]),
})

export const studyReference = z.string().min(1, 'is empty').max(300, 'must be at most 300 characters')
export const studyName = z.string().trim().min(1, 'is empty').max(250, 'must be at most 250 characters')
export const studyMetrics = z.array(studyMetric).min(1, 'choose at least one metric').max(100, 'at most 100 metrics')
export const studyRunIds = z.array(runId).min(1, 'choose at least one run').max(5000, 'at most 5000 runs')
export const ignoredKeys = z.array(z.string().min(1, 'is empty').max(1000, 'must be at most 1000 characters')).max(1000, 'at most 1000 keys')

export const studyFromRunsInput = z.object({
  name: studyName,
  project: z.string().min(1, 'is empty').max(250, 'must be at most 250 characters'),
  runIds: studyRunIds,
  metrics: studyMetrics,
  baseline: z.string().max(1000).nullable(),
  ignore: ignoredKeys.optional(),
})
