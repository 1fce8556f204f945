import type { Database } from 'better-sqlite3'
import type { Changes } from '../store.ts'

/** What was written since a revision; `reset` when the cursor is not one of this file. */
export function readChanges(db: Database, sinceRev: number): Changes {
  const rev = db.prepare('SELECT rev FROM meta').pluck().get() as number
  if (!(sinceRev >= 0 && sinceRev <= rev)) return { rev, runs: [], removed: [], studies: [], removedStudies: [], findings: [], reset: true }
  const all = (sql: string) => db.prepare(sql).all(sinceRev)
  const ids = (sql: string) => db.prepare(sql).pluck().all(sinceRev) as string[]
  return {
    rev,
    runs: all(
      'SELECT id, rev, projects.name AS project FROM runs JOIN projects ON projects.key = project_key WHERE rev > ? ORDER BY rev',
    ) as Changes['runs'],
    removed: ids('SELECT run_id FROM tombstones WHERE rev > ? ORDER BY rev'),
    studies: all('SELECT id, rev, project FROM studies WHERE rev > ? ORDER BY rev') as Changes['studies'],
    removedStudies: ids('SELECT study_id FROM study_tombstones WHERE rev > ? ORDER BY rev'),
    findings: all(
      `SELECT id, diagnoses.rev AS rev, projects.name AS project FROM diagnoses JOIN runs ON runs.key = run_key
       JOIN projects ON projects.key = project_key WHERE diagnoses.rev > ? ORDER BY diagnoses.rev`,
    ) as Changes['findings'],
    reset: false,
  }
}
