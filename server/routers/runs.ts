import { z } from 'zod'
import { asShown } from '../../core/as-shown.ts'
import type { Run } from '../../core/run.ts'
import { pack } from '../../core/wire.ts'
import { consolePieces } from '../console-pieces.ts'
import { metricName, runId, runReference } from '../input/names.ts'
import { runUpdate } from '../input/run-update.ts'
import { runDetail } from '../run-detail.ts'
import { procedure, router } from '../trpc.ts'

const overviewInput = z.object({
  project: z.string().max(250).optional(),
  archived: z.boolean().optional(),
  ids: z.array(runId).max(10_000, 'at most 10000 runs').optional(),
  metrics: z.array(metricName).max(500, 'at most 500 metrics'),
})

/** A thousand package lists and uncommitted diffs weigh megabytes and no table shows them: `runs.get` has them. */
function withoutBulk(run: Run): Run {
  const { packages, git, source, ...environment } = run.environment
  return { ...run, environment: git ? { ...environment, git: { commit: git.commit, branch: git.branch, dirty: git.dirty } } : environment }
}

export const runsRouter = router({
  overview: procedure.input(overviewInput).query(async ({ ctx, input }) => {
    const { metrics, ...filter } = input
    const book = await ctx.diagnoser.book()
    const [overview, mutes] = await Promise.all([ctx.store.overview(filter, metrics), book.mutes(), ctx.diagnoser.known.refresh(book)])
    const now = Date.now()
    return pack({
      ...overview,
      runs: overview.runs.map((run) => withoutBulk(asShown(run, now))),
      findings: overview.runs.map((run) => ctx.diagnoser.known.brief(run, mutes)),
    })
  }),

  get: procedure.input(z.object({ id: runReference })).query(({ ctx, input }) => runDetail(ctx.store, input.id)),

  update: procedure.input(runUpdate).mutation(async ({ ctx, input }) => {
    const { id, ...patch } = input
    const run = await ctx.store.updateRun(id, patch)
    ctx.live.wake()
    return run
  }),

  remove: procedure
    .input(z.object({ ids: z.array(runId).min(1, 'name at least one run').max(10_000, 'at most 10000 runs') }))
    .mutation(async ({ ctx, input }) => {
      const result = await ctx.store.removeRuns(input.ids)
      ctx.live.wake()
      return result
    }),

  console: procedure
    .input(
      z.object({
        id: runId,
        afterId: z.int().min(0).optional(),
        limit: z.int().min(1, 'must be at least 1').max(5000, 'must be at most 5000').default(1000),
      }),
    )
    .query(({ ctx, input }) => consolePieces(ctx.store, input)),
})
