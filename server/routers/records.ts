import { z } from 'zod'
import { histogramColumns, histogramSteps } from '../histogram-columns.ts'
import { metricName, runId } from '../input/names.ts'
import { procedure, router } from '../trpc.ts'

const step = z.int('must be a whole number')

const histogramsInput = z.object({ runId, name: metricName, columns: z.int().min(1, 'must be at least 1').max(2048, 'must be at most 2048') })

export const recordsRouter = router({
  list: procedure
    .input(
      z.object({
        runId,
        name: metricName.optional(),
        kind: z.string().max(64).optional(),
        fromStep: step.optional(),
        toStep: step.optional(),
        afterId: z.int().min(0).optional(),
        limit: z.int().min(1, 'must be at least 1').max(5000, 'must be at most 5000').default(1000),
        last: z.boolean().optional(),
      }),
    )
    .query(({ ctx, input }) => ctx.store.records(input)),

  /** Which records of a kind there are, oldest first, without what is in them. */
  index: procedure
    .input(
      z.object({ runId, kind: z.string().max(64), limit: z.int().min(1, 'must be at least 1').max(50_000, 'must be at most 50000').default(50_000) }),
    )
    .query(async ({ ctx, input }) =>
      (await ctx.store.records({ ...input, last: true, payload: false })).map(({ id, name, step, wall }) => ({ id, name, step, wall })),
    ),

  histograms: procedure.input(histogramsInput).query(({ ctx, input }) => histogramColumns(ctx.store, input.runId, input.name, input.columns)),

  histogramSteps: procedure.input(histogramsInput).query(({ ctx, input }) => histogramSteps(ctx.store, input.runId, input.name, input.columns)),
})
