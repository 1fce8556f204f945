import type { Run } from './run.ts'

/** Milliseconds without a sign of life after which a running run counts as crashed: six missed heartbeats. */
export const SILENT_MS = 60_000

/**
 * The run as it should be shown: one that says it is running and has been silent for `SILENT_MS` has crashed, also when the store is
 * read-only and nobody may write that down. `now`: ms since epoch.
 */
export function asShown(run: Run, now: number): Run {
  if (run.status !== 'running' || now - run.heartbeatAt <= SILENT_MS) return run
  return { ...run, status: 'crashed', statusReason: run.statusReason ?? 'no sign of life from its process', endedAt: run.heartbeatAt }
}
