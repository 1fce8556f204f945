import { procedure, router } from '../trpc.ts'

export const projectsRouter = router({
  list: procedure.query(({ ctx }) => ctx.store.projects()),
})
