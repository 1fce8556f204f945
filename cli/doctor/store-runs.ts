import { existsSync } from 'node:fs'
import { SILENT_MS } from '../../core/as-shown.ts'
import { formatDuration } from '../format-value.ts'
import { openForReading } from '../store-path.ts'
import type { Check, Finding } from './check.ts'

export const storeRuns: Check = async (path) => {
  if (!existsSync(path.file)) return []
  let store: Awaited<ReturnType<typeof openForReading>>
  try {
    store = await openForReading(path)
  } catch {
    // The check of the file has said why.
    return []
  }
  try {
    const { runs } = await store.overview({}, [])
    const now = Date.now()
    const silent = runs.filter((run) => run.status === 'running' && now - run.heartbeatAt > SILENT_MS)
    const dropped = runs.filter((run) => run.droppedPoints > 0)
    const findings: Finding[] = [
      ...silent.map(
        (run): Finding => ({
          what: 'runs',
          status: 'warning',
          detail: `${run.name} (#${run.number}) counts as running but has been silent for ${formatDuration(now - run.heartbeatAt)}`,
          mend: 'open the dashboard on this store: it marks runs whose process is gone as crashed',
        }),
      ),
      ...dropped.map(
        (run): Finding => ({
          what: 'runs',
          status: 'warning',
          detail: `${run.name} (#${run.number}) lost ${run.droppedPoints} points because its process ran out of memory for them`,
          mend: 'log less often, or find out why the store could not be written for so long',
        }),
      ),
    ]
    if (findings.length > 0) return findings
    const running = runs.filter((run) => run.status === 'running').length
    return [{ what: 'runs', status: 'ok', detail: `${running} running, none silent, no points dropped` }]
  } finally {
    await store.close()
  }
}
