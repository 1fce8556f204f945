/** What the live feed reported since the last delivery, merged. Mirrors `Changes` of the store without importing it. */
export interface LiveChanges {
  rev: number
  runs: { id: string; rev: number; project: string }[]
  removed: string[]
  studies: { id: string; rev: number; project: string }[]
  removedStudies: string[]
  /** By id of the run. */
  findings: { id: string; rev: number; project: string }[]
  /** Everything may have changed: read it again. */
  reset: boolean
  /** Set when the stream began without a cursor: changes up to this revision are not reported. */
  startRev: number | null
}

type Changed = LiveChanges['runs']

/** The newest revision of each; removals win over changes, and what is written again after its removal exists again. */
function merge(earlier: Changed, earlierRemoved: string[], later: Changed, laterRemoved: string[]): { changed: Changed; removed: string[] } {
  const removed = new Set([...earlierRemoved, ...laterRemoved])
  for (const { id } of later) if (!laterRemoved.includes(id)) removed.delete(id)
  const changed = new Map([...earlier, ...later].map((item) => [item.id, item]))
  return { changed: [...changed.values()].filter(({ id }) => !removed.has(id)), removed: [...removed] }
}

/** Joins two reports. */
export function mergeChanges(earlier: LiveChanges | null, later: LiveChanges): LiveChanges {
  if (!earlier) return later
  const runs = merge(earlier.runs, earlier.removed, later.runs, later.removed)
  const findings = merge(earlier.findings, earlier.removed, later.findings, later.removed)
  const studies = merge(earlier.studies, earlier.removedStudies, later.studies, later.removedStudies)
  return {
    rev: Math.max(earlier.rev, later.rev),
    runs: runs.changed,
    removed: runs.removed,
    studies: studies.changed,
    removedStudies: studies.removed,
    findings: findings.changed,
    reset: earlier.reset || later.reset,
    startRev: later.startRev ?? earlier.startRev,
  }
}
