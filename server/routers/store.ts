import { procedure, router } from '../trpc.ts'

export const storeRouter = router({
  info: procedure.query(async ({ ctx }) => ({ ...(await ctx.store.info()), version: ctx.version, now: Date.now() })),
})
