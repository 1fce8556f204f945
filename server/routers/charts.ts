import { z } from 'zod'
import { pack } from '../../core/wire.ts'
import { chartRequest } from '../input/chart-request.ts'
import { procedure, router } from '../trpc.ts'

const CHART_REQUESTS_MAX = 512

export const chartsRouter = router({
  query: procedure
    .input(z.object({ requests: z.array(chartRequest).max(CHART_REQUESTS_MAX, `at most ${CHART_REQUESTS_MAX} charts in one request`) }))
    .query(async ({ ctx, input }) => (await ctx.store.chart(input.requests)).map((columns) => pack(columns))),
})
