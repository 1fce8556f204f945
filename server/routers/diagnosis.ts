import { z } from 'zod'
import { checkRoles } from '../../core/findings/check-role.ts'
import { projectAnswer } from '../diagnosis/project-answer.ts'
import { runAnswer } from '../diagnosis/run-answer.ts'
import { metricName, runId, runReference } from '../input/names.ts'
import { procedure, router } from '../trpc.ts'

const project = z.string().min(1, 'is empty').max(250, 'must be at most 250 characters')
const word = z.string().min(1, 'is empty').max(300, 'must be at most 300 characters')

export const diagnosisRouter = router({
  run: procedure.input(z.object({ id: runReference })).query(({ ctx, input }) => runAnswer(ctx, input.id)),

  project: procedure.input(z.object({ project: project.optional() }).optional()).query(({ ctx, input }) => projectAnswer(ctx, input?.project)),

  mute: procedure
    .input(
      z.object({
        project,
        runId: runId.nullable(),
        rule: word,
        subjects: z.array(word).max(1000, 'at most 1000').nullable(),
        reason: z.string().trim().min(1, 'is empty: say why it needs no attention').max(1000, 'must be at most 1000 characters'),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const mute = await ctx.store.findings.mute(input)
      ctx.live.wake()
      return mute
    }),

  unmute: procedure.input(z.object({ id: word })).mutation(async ({ ctx, input }) => {
    const mute = await ctx.store.findings.unmute(input.id)
    ctx.live.wake()
    return mute
  }),

  /** What a person said that metrics of the project stand for. */
  roles: procedure.input(z.object({ project })).query(async ({ ctx, input }) => (await ctx.diagnoser.book()).roles(input.project)),

  setRoles: procedure
    .input(z.object({ project, roles: z.record(metricName, word).refine((roles) => Object.keys(roles).length <= 1000, 'at most 1000 metrics') }))
    .mutation(async ({ ctx, input }) => {
      const roles = checkRoles(input.roles)
      await ctx.store.findings.setRoles(input.project, roles)
      ctx.diagnoser.forget()
      ctx.live.wake()
      return roles
    }),
})
