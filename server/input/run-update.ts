import { z } from 'zod'
import { runId } from './names.ts'

const tag = z.string().trim().min(1, 'a tag must not be empty').max(64, 'a tag must be at most 64 characters')

/** What a person may change about a run; absent fields stay as they are. */
export const runUpdate = z.object({
  id: runId,
  name: z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters').optional(),
  notes: z.string().max(100_000, 'must be at most 100000 characters').optional(),
  tags: z
    .array(tag)
    .max(100, 'at most 100 tags')
    .transform((tags) => [...new Set(tags)])
    .optional(),
  group: z.string().trim().max(200, 'must be at most 200 characters').nullable().optional(),
  archived: z.boolean().optional(),
})
