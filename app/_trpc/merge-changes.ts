/** What the live feed reported since the last delivery, merged. Mirrors `Changes` of the store without importing it. */
export interface LiveChanges {
  rev: number
  runs: { id: string; rev: number; project: string }[]
  removed: string[]
  /** Everything may have changed: read it again. */
  reset: boolean
  /** Set when the stream began without a cursor: changes up to this revision are not reported. */
  startRev: number | null
}

/** Joins two reports: the newest revision of each run, removals win over changes. */
export function mergeChanges(earlier: LiveChanges | null, later: LiveChanges): LiveChanges {
  if (!earlier) return later
  const removed = new Set([...earlier.removed, ...later.removed])
  const runs = new Map([...earlier.runs, ...later.runs].map((run) => [run.id, run]))
  // A run written again after its removal exists again.
  for (const run of later.runs) if (!later.removed.includes(run.id)) removed.delete(run.id)
  return {
    rev: Math.max(earlier.rev, later.rev),
    runs: [...runs.values()].filter((run) => !removed.has(run.id)),
    removed: [...removed],
    reset: earlier.reset || later.reset,
    startRev: later.startRev ?? earlier.startRev,
  }
}
