import type { Database } from 'better-sqlite3'
import { isLossboardError, LossboardError } from '../../core/errors.ts'
import type { JsonObject, RunStatus } from '../../core/run.ts'
import type { LinkRole, RunLink, RunLinks } from '../../core/run-link.ts'
import { LINK_ROLES } from '../../core/run-link.ts'
import type { NewLink } from '../store.ts'
import { findRunId } from './find-run.ts'
import { jsonColumn } from './run-rows.ts'

interface End {
  id: string
  name: string
}

/** The run a link leads to. One that was deleted a moment ago still counts: what was taken from it was taken. */
function findTarget(db: Database, reference: string): End {
  try {
    const id = findRunId(db, reference)
    return { id, name: db.prepare('SELECT name FROM runs WHERE id = ?').pluck().get(id) as string }
  } catch (error) {
    if (db.prepare('SELECT 1 FROM tombstones WHERE run_id = ?').get(reference)) return { id: reference, name: reference }
    // "not found" would say that the linking run itself is gone.
    if (isLossboardError(error)) throw new LossboardError('invalid_argument', error.message, { cause: error })
    throw error
  }
}

/** Inside the flush's transaction. The runs at the other end change too: their pages show the link. */
export function writeLinks(db: Database, fromId: string, links: readonly NewLink[], rev: number): void {
  const fromName = db.prepare('SELECT name FROM runs WHERE id = ?').pluck().get(fromId) as string
  const clear = db.prepare('DELETE FROM links WHERE from_id = ? AND to_id = ? AND role = ? AND step IS ? AND blob_hash IS ?')
  const insert = db.prepare(
    'INSERT INTO links (from_id, from_name, to_id, to_name, role, step, blob_hash, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const touch = db.prepare('UPDATE runs SET rev = ? WHERE id = ?')
  for (const { to, role, step, hash, detail } of links) {
    if (!LINK_ROLES.includes(role)) throw new LossboardError('invalid_argument', `a link's role must be ${LINK_ROLES.join(' or ')}, got "${role}"`)
    const target = findTarget(db, to)
    if (target.id === fromId) throw new LossboardError('invalid_argument', `run ${fromId} cannot be linked to itself`)
    clear.run(fromId, target.id, role, step, hash)
    insert.run(fromId, fromName, target.id, target.name, role, step, hash, JSON.stringify(jsonColumn(detail)), Date.now())
    touch.run(rev, target.id)
  }
}

interface LinkRow {
  role: LinkRole
  id: string
  linkedName: string
  name: string | null
  number: number | null
  project: string | null
  status: RunStatus | null
  step: number | null
  hash: string | null
  detail: string
  at: number
}

function toLink({ role, id, linkedName, name, number, project, status, step, hash, detail, at }: LinkRow): RunLink {
  const deleted = name === null
  return { role, run: { id, name: name ?? linkedName, number, project, status, deleted }, step, hash, detail: JSON.parse(detail) as JsonObject, at }
}

export function readLinks(db: Database, runId: string): RunLinks {
  const read = (near: 'from' | 'to', far: 'from' | 'to') =>
    (
      db
        .prepare(
          `SELECT role, ${far}_id AS id, ${far}_name AS linkedName, runs.name AS name, number, projects.name AS project, status,
             step, blob_hash AS hash, detail, at
           FROM links LEFT JOIN runs ON runs.id = ${far}_id LEFT JOIN projects ON projects.key = project_key
           WHERE ${near}_id = ? ORDER BY links.id`,
        )
        .all(runId) as LinkRow[]
    ).map(toLink)
  return { to: read('from', 'to'), from: read('to', 'from') }
}

/** After runs were deleted: links that lead nowhere at both ends go, and the runs at the living ends change. */
export function loosenLinks(db: Database, removedIds: readonly string[], rev: number): void {
  const removed = JSON.stringify(removedIds)
  db.prepare(
    `UPDATE runs SET rev = ? WHERE id IN (
       SELECT to_id FROM links WHERE from_id IN (SELECT value FROM json_each(?))
       UNION SELECT from_id FROM links WHERE to_id IN (SELECT value FROM json_each(?)))`,
  ).run(rev, removed, removed)
  db.prepare('DELETE FROM links WHERE from_id NOT IN (SELECT id FROM runs) AND to_id NOT IN (SELECT id FROM runs)').run()
}
