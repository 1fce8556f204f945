import { openStore } from '../../db/open.ts'
import type { RunningServer } from '../../server/http/start-server.ts'
import { startDashboard } from '../dashboard.ts'
import type { DemoOptions } from '../verbs/demo.ts'

/** The dashboard of a store that is made when it is missing. */
export async function serveStore(file: string, options: DemoOptions): Promise<RunningServer> {
  const store = await openStore(file, { mode: 'create' })
  return startDashboard(store, options, (url) => process.stderr.write(`dashboard: ${url}\n`)).catch(async (error: unknown) => {
    await store.close()
    throw error
  })
}
