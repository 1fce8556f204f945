import { tracked } from '@trpc/server'
import { z } from 'zod'
import { toTrpcError } from '../to-trpc-error.ts'
import { procedure, router } from '../trpc.ts'

export const liveRouter = router({
  /**
   * Everything that changes, at most ten events a second. The first event comes at once: without a cursor it is empty and names
   * the revision the stream starts from (refetch when yours is older); with one it carries what was missed.
   */
  changes: procedure.input(z.object({ lastEventId: z.string().max(64).nullish() }).optional()).subscription(async function* ({ ctx, input, signal }) {
    try {
      for await (const changes of ctx.live.subscribe(input?.lastEventId ?? null, signal)) yield tracked(ctx.live.cursor(changes), changes)
    } catch (error) {
      throw toTrpcError(error, 'live.changes')
    }
  }),
})
