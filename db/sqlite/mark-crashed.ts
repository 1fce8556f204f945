import { hostname } from 'node:os'
import type { Database } from 'better-sqlite3'
import type { RunEnvironment } from '../../core/run.ts'
import { processState } from './process-alive.ts'
import { immediate, nextRev } from './transaction.ts'

/** Three missed heartbeats. A start time that differs counts only after them: when the clock is set, live processes seem to have started anew. */
const REUSED_SILENT_MS = 30_000

/** Why a run that says it is running is taken for crashed; null while it may still live. */
function crashReason(environment: RunEnvironment, delivered: boolean, silent: number, silentMs: number): string | null {
  const { host, pid, processStartedAt } = environment
  // What comes over the network may come out of a container: same host name, other process numbers. There only silence counts.
  if (!delivered && host === hostname() && pid !== undefined) {
    const state = processState(pid, processStartedAt)
    if (state === 'gone' || (state === 'reused' && silent > Math.min(REUSED_SILENT_MS, silentMs))) return `process ${pid} is gone`
  }
  return silent > silentMs ? `silent for ${Math.round(silent / 1000)} s` : null
}

/** Marks runs whose writer is gone. A writer that lives after all puts its run back to running at its next flush. */
export function markCrashed(db: Database, now: number, silentMs: number): string[] {
  const running = db
    .prepare(
      `SELECT key, id, heartbeat_at AS heartbeatAt, environment,
         EXISTS (SELECT 1 FROM ingest_writers WHERE run_key = key AND ingest_writers.attempt = runs.attempt) AS delivered
       FROM runs WHERE status = 'running'`,
    )
    .all() as { key: number; id: string; heartbeatAt: number; environment: string; delivered: number }[]
  const crashed = running.flatMap((run) => {
    const reason = crashReason(JSON.parse(run.environment) as RunEnvironment, run.delivered === 1, now - run.heartbeatAt, silentMs)
    return reason ? [{ ...run, reason }] : []
  })
  if (crashed.length === 0) return []
  return immediate(db, () => {
    const rev = nextRev(db)
    // The heartbeat is compared again: the run may have flushed, or finished, since it was read.
    const mark = db.prepare(
      "UPDATE runs SET status = 'crashed', status_reason = ?, ended_at = heartbeat_at, rev = ? WHERE key = ? AND status = 'running' AND heartbeat_at = ?",
    )
    return crashed.filter(({ key, reason, heartbeatAt }) => mark.run(reason, rev, key, heartbeatAt).changes > 0).map(({ id }) => id)
  })
}
