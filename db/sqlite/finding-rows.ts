import type { Database } from 'better-sqlite3'
import { asc, desc, eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { FindingMute, ListedFinding, RunDiagnosis } from '../../core/findings/run-finding.ts'
import type { FindingChanges, Undiagnosed } from '../finding-store.ts'
import { diagnoses, findingMutes, findings, metricRoles } from './finding-schema.ts'
import { runs } from './schema.ts'

const STALE = `FROM runs LEFT JOIN diagnoses ON run_key = runs.key
  WHERE run_key IS NULL OR engine <> ? OR run_rev < runs.rev`

export function readUndiagnosed(db: Database, engine: string, limit: number): Undiagnosed {
  const total = db.prepare(`SELECT count(*) ${STALE}`).pluck().get(engine) as number
  const rows = total === 0 ? [] : db.prepare(`SELECT id, runs.rev AS rev ${STALE} ORDER BY started_at DESC, runs.key DESC LIMIT ?`).all(engine, limit)
  return { total, runs: rows as Undiagnosed['runs'] }
}

/** The points of a run grow its series, and records only come; a run that ended may be judged by its end. */
export function readStamp(db: Database, runId: string): string {
  const row = db
    .prepare(
      `SELECT (SELECT max(rev) FROM series WHERE run_key = runs.key) AS points, (SELECT max(id) FROM records WHERE run_key = runs.key) AS records,
         attempt, status = 'running' AS running FROM runs WHERE id = ?`,
    )
    .raw()
    .get(runId) as (number | null)[] | undefined
  return row ? row.map((part) => part ?? 0).join('.') : ''
}

export function readDiagnosis(orm: BetterSQLite3Database, runId: string): RunDiagnosis | null {
  const row = orm.select().from(diagnoses).innerJoin(runs, eq(runs.key, diagnoses.runKey)).where(eq(runs.id, runId)).get()
  if (!row) return null
  const { engine, runRev, stamp, at, report, runKey } = row.diagnoses
  const rows = orm.select().from(findings).where(eq(findings.runKey, runKey)).orderBy(asc(findings.place)).all()
  return { runId, engine, runRev, stamp, at, report, findings: rows.map(({ runKey: _, place, ...finding }) => finding) }
}

export function readFindingChanges(db: Database, since: number): FindingChanges {
  const rev = db.prepare('SELECT rev FROM meta').pluck().get() as number
  const changed = 'FROM diagnoses JOIN runs ON runs.key = diagnoses.run_key'
  return {
    rev,
    runIds: db.prepare(`SELECT id ${changed} WHERE diagnoses.rev > ?`).pluck().all(since) as string[],
    findings: (
      db
        .prepare(
          `SELECT id AS runId, rule, subjects, severity, origin, title, first_step AS firstStep, wall, confidence,
           coalesce(detail ->> 'says', '') AS says, detail ->> 'causedBy' AS causedBy
         ${changed} JOIN findings ON findings.run_key = diagnoses.run_key WHERE diagnoses.rev > ? ORDER BY findings.run_key, place`,
        )
        .all(since) as (Omit<ListedFinding, 'subjects'> & { subjects: string })[]
    ).map((row) => ({ ...row, subjects: JSON.parse(row.subjects) as string[] })),
  }
}

export function readMutes(orm: BetterSQLite3Database, project: string | undefined): FindingMute[] {
  const query = orm.select().from(findingMutes)
  return (project === undefined ? query : query.where(eq(findingMutes.project, project))).orderBy(desc(findingMutes.at)).all()
}

export function readRoles(orm: BetterSQLite3Database, project: string): Record<string, string> {
  const rows = orm.select().from(metricRoles).where(eq(metricRoles.project, project)).orderBy(asc(metricRoles.name)).all()
  return Object.fromEntries(rows.map(({ name, role }) => [name, role]))
}
