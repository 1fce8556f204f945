import { z } from 'zod'
import { analyseStudy } from '../../core/ablation/analyse-study.ts'
import { DEFAULT_TABLE_SETTINGS } from '../../core/ablation/table-settings.ts'
import { LossboardError } from '../../core/errors.ts'
import { ignoredKeys, studyFromRunsInput, studyMetrics, studyReference, studyRunIds } from '../input/study.ts'
import { partialTableSettings, tableSettings } from '../input/table-settings.ts'
import { studyAnswer, studyFacts } from '../studies/study-answer.ts'
import { changeStudy, studyFromRuns, suggestMetrics, writeStudy } from '../studies/study-from-runs.ts'
import { procedure, router } from '../trpc.ts'

const project = z.string().max(250).optional()

export const studiesRouter = router({
  list: procedure.input(z.object({ project }).optional()).query(({ ctx, input }) => ctx.store.studies(input?.project)),

  /** The study, the settings that hold (saved ones with `settings` over them) and every number. */
  get: procedure.input(z.object({ id: studyReference, project, settings: partialTableSettings.optional() })).query(({ ctx, input }) => {
    const overrides = Object.fromEntries(Object.entries(input.settings ?? {}).filter(([, value]) => value !== undefined))
    return studyAnswer(ctx.store, input.id, { project: input.project, overrides })
  }),

  /** Metrics that these runs have, the likeliest for a table first. */
  metrics: procedure.input(z.object({ runIds: studyRunIds })).query(({ ctx, input }) => suggestMetrics(ctx.store, input.runIds)),

  /** What `create` would make, with its numbers; nothing is written. */
  preview: procedure.input(studyFromRunsInput).query(async ({ ctx, input }) => {
    const { definition, runs } = await studyFromRuns(ctx.store, { ...input, ignore: input.ignore })
    const facts = await studyFacts(ctx.store).of(input.runIds, input.metrics)
    return { definition, runs, result: analyseStudy({ ...definition, runs }, facts, DEFAULT_TABLE_SETTINGS) }
  }),

  create: procedure.input(studyFromRunsInput).mutation(async ({ ctx, input }) => {
    const taken = (await ctx.store.studies(input.project)).some(({ name }) => name === input.name)
    if (taken) throw new LossboardError('invalid_argument', `project "${input.project}" has a study "${input.name}" already: choose another name`)
    const study = await writeStudy(ctx.store, await studyFromRuns(ctx.store, { ...input, ignore: input.ignore }))
    ctx.live.wake()
    return study
  }),

  change: procedure
    .input(
      z.object({
        id: studyReference,
        metrics: studyMetrics.optional(),
        baseline: z.string().max(1000).optional(),
        ignore: ignoredKeys.optional(),
        runIds: studyRunIds.optional(),
      }),
    )
    .mutation(async ({ ctx, input: { id, ...change } }) => {
      const study = await changeStudy(ctx.store, await ctx.store.study(id), change)
      ctx.live.wake()
      return study
    }),

  saveSettings: procedure.input(z.object({ id: studyReference, settings: tableSettings })).mutation(async ({ ctx, input }) => {
    const study = await ctx.store.updateStudySettings((await ctx.store.study(input.id)).id, input.settings)
    ctx.live.wake()
    return study
  }),

  remove: procedure.input(z.object({ id: studyReference })).mutation(async ({ ctx, input }) => {
    await ctx.store.removeStudy((await ctx.store.study(input.id)).id)
    ctx.live.wake()
  }),
})
