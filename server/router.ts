import { chartsRouter } from './routers/charts.ts'
import { diagnosisRouter } from './routers/diagnosis.ts'
import { liveRouter } from './routers/live.ts'
import { projectsRouter } from './routers/projects.ts'
import { recordsRouter } from './routers/records.ts'
import { runsRouter } from './routers/runs.ts'
import { storeRouter } from './routers/store.ts'
import { studiesRouter } from './routers/studies.ts'
import { createCallerFactory, router } from './trpc.ts'

/** The whole API of the dashboard; docs/architecture.md lists its procedures. */
export const appRouter = router({
  store: storeRouter,
  projects: projectsRouter,
  runs: runsRouter,
  charts: chartsRouter,
  records: recordsRouter,
  studies: studiesRouter,
  diagnosis: diagnosisRouter,
  live: liveRouter,
})

/** The only thing the browser code may import from the server. */
export type AppRouter = typeof appRouter

export const createCaller = createCallerFactory(appRouter)
