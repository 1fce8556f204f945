import type { Database } from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import type { FindingMute, RunDiagnosis } from '../../core/findings/run-finding.ts'
import { randomId } from '../random-id.ts'
import { diagnoses, findingMutes, findings, metricRoles } from './finding-schema.ts'
import { jsonColumn } from './run-rows.ts'
import { runs } from './schema.ts'
import { immediate, nextRev } from './transaction.ts'

interface FindingTables {
  db: Database
  orm: BetterSQLite3Database
}

export function saveDiagnosis({ db, orm }: FindingTables, { runId, findings: found, report, ...rest }: RunDiagnosis): void {
  immediate(db, () => {
    const runKey = orm.select({ key: runs.key }).from(runs).where(eq(runs.id, runId)).get()?.key
    if (runKey === undefined) return
    orm.delete(diagnoses).where(eq(diagnoses.runKey, runKey)).run()
    orm
      .insert(diagnoses)
      .values({ ...rest, runKey, report: jsonColumn(report), rev: nextRev(db) })
      .run()
    found.forEach(({ rule, subjects, severity, origin, title, firstStep, wall, confidence, detail }, place) => {
      const values = { runKey, place, rule, subjects, severity, origin, title, firstStep, wall, confidence, detail: jsonColumn(detail) }
      orm.insert(findings).values(values).run()
    })
  })
}

export function confirmDiagnosis(db: Database, runId: string, runRev: number): void {
  immediate(db, () => {
    db.prepare('UPDATE diagnoses SET run_rev = ? WHERE run_key = (SELECT key FROM runs WHERE id = ?)').run(runRev, runId)
  })
}

/** What lists show of these runs changes, though the diagnosis does not. */
function touch(db: Database, { project, runId }: Pick<FindingMute, 'project' | 'runId'>): void {
  db.prepare(
    `UPDATE diagnoses SET rev = ? WHERE run_key IN
       (SELECT runs.key FROM runs JOIN projects ON projects.key = project_key WHERE projects.name = ? AND (? IS NULL OR id = ?))`,
  ).run(nextRev(db), project, runId, runId)
}

export function addMute({ db, orm }: FindingTables, mute: Omit<FindingMute, 'id' | 'at'>): FindingMute {
  if (mute.reason.trim() === '') throw new LossboardError('invalid_argument', 'a muted finding needs a reason: say why it needs no attention')
  return immediate(db, () => {
    const made: FindingMute = { ...mute, reason: mute.reason.trim(), id: randomId(), at: Date.now() }
    orm.insert(findingMutes).values(made).run()
    touch(db, made)
    return made
  })
}

export function removeMute({ db, orm }: FindingTables, id: string): FindingMute {
  return immediate(db, () => {
    const [gone] = orm.delete(findingMutes).where(eq(findingMutes.id, id)).returning().all()
    if (!gone) throw new LossboardError('not_found', `there is no muting "${id}": it was taken back already`)
    touch(db, gone)
    return gone
  })
}

export function replaceRoles({ db, orm }: FindingTables, project: string, roles: Readonly<Record<string, string>>): void {
  immediate(db, () => {
    orm.delete(metricRoles).where(eq(metricRoles.project, project)).run()
    for (const [name, role] of Object.entries(roles)) orm.insert(metricRoles).values({ project, name, role }).run()
    touch(db, { project, runId: null })
    db.prepare(
      `UPDATE diagnoses SET run_rev = -1, stamp = '' WHERE run_key IN
         (SELECT runs.key FROM runs JOIN projects ON projects.key = project_key WHERE projects.name = ?)`,
    ).run(project)
  })
}
