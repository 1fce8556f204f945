import { z } from 'zod'
import { defineSchedule, warmupOptions } from './schedule-kind.ts'

export const constant = defineSchedule({
  kind: 'constant',
  schema: z.strictObject({ kind: z.literal('constant'), ...warmupOptions }).describe('The same rate all along.'),
  factor: () => () => 1,
})
