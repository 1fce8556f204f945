import type { Database } from 'better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'

/** Id of the run a person means: its id, its name, or `#number` (also without `#`), when only one run fits. */
export function findRunId(db: Database, reference: string): string {
  const wanted = reference.trim()
  const exact = db.prepare('SELECT id FROM runs WHERE id = ?').pluck().get(wanted) as string | undefined
  if (exact !== undefined) return exact
  const number = /^#?(\d{1,15})$/.exec(wanted)?.[1]
  const rows = db
    .prepare(
      `SELECT id, runs.name AS name, projects.name AS project, number FROM runs JOIN projects ON projects.key = project_key
       WHERE runs.name = ? OR number = ? ORDER BY started_at DESC`,
    )
    .all(wanted, number === undefined ? -1 : Number(number)) as { id: string; name: string; project: string; number: number }[]
  const named = rows.filter((row) => row.name === wanted)
  const fitting = named.length > 0 ? named : rows
  if (fitting.length === 1) return fitting[0]!.id
  if (fitting.length > 1)
    throw new LossboardError(
      'invalid_argument',
      `${fitting.length} runs fit "${reference}": give the id, ${fitting
        .slice(0, 3)
        .map((row) => `${row.id} (${row.name} in ${row.project})`)
        .join(', ')}${fitting.length > 3 ? ', …' : ''}`,
    )
  const candidates = db.prepare('SELECT name FROM runs UNION ALL SELECT id FROM runs').pluck().all() as string[]
  const near = nearMatches(wanted, candidates)
  throw new LossboardError('not_found', `there is no run "${reference}": ${near.length > 0 ? `did you mean ${near.join(', ')}?` : whatThereIs(db)}`)
}

function whatThereIs(db: Database): string {
  const newest = db.prepare('SELECT name, number, (SELECT count(*) FROM runs) AS n FROM runs ORDER BY started_at DESC LIMIT 1').get() as
    | { name: string; number: number; n: number }
    | undefined
  return newest
    ? `the store has ${newest.n === 1 ? 'one run' : `${newest.n} runs, the newest`}, ${newest.name} (#${newest.number})`
    : 'the store has no runs yet'
}
