import type { Database } from 'better-sqlite3'
import { and, eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Study, StudyDefinition, StudyRun } from '../../core/ablation/study.ts'
import { DEFAULT_TABLE_SETTINGS, type TableSettings } from '../../core/ablation/table-settings.ts'
import { LossboardError } from '../../core/errors.ts'
import type { Json } from '../../core/run.ts'
import { randomId } from '../random-id.ts'
import { withoutNonFinite } from './run-rows.ts'
import { studies, studyRuns, studyTombstones } from './schema.ts'
import { readStudy } from './study-rows.ts'
import { immediate, nextRev } from './transaction.ts'

export interface StudyTables {
  db: Database
  orm: BetterSQLite3Database
}

function plain<T>(value: T): T {
  return withoutNonFinite(value as Json) as T
}

/** Makes a study, or gives the one of this project and name a new definition. */
export function saveStudy({ db, orm }: StudyTables, definition: StudyDefinition, settings?: TableSettings): Study {
  const { name, project, ...rest } = definition
  if (name.trim() === '' || project.trim() === '') throw new LossboardError('invalid_argument', 'a study needs a name and a project')
  return immediate(db, () => {
    const now = Date.now()
    const rev = nextRev(db)
    const known = orm
      .select({ id: studies.id })
      .from(studies)
      .where(and(eq(studies.project, project), eq(studies.name, name)))
      .get()
    const columns = { definition: plain(rest), updatedAt: now, rev }
    const id = known?.id ?? randomId()
    if (known)
      orm
        .update(studies)
        .set({ ...columns, ...(settings && { settings }) })
        .where(eq(studies.id, id))
        .run()
    else
      orm
        .insert(studies)
        .values({ ...columns, id, name, project, settings: settings ?? DEFAULT_TABLE_SETTINGS, createdAt: now })
        .run()
    return readStudy(orm, id)!
  })
}

/** One change of one study: raises its revision, and says so when there is no such study. */
function changeStudy({ db, orm }: StudyTables, id: string, work: () => void): Study {
  return immediate(db, () => {
    touchStudy(db, id)
    work()
    return readStudy(orm, id)!
  })
}

function touchStudy(db: Database, id: string): void {
  const { changes } = db.prepare('UPDATE studies SET rev = ?, updated_at = ? WHERE id = ?').run(nextRev(db), Date.now(), id)
  if (changes === 0) throw new LossboardError('not_found', `there is no study "${id}"`)
}

export function updateStudySettings(tables: StudyTables, id: string, settings: TableSettings): Study {
  return changeStudy(tables, id, () => {
    tables.orm.update(studies).set({ settings }).where(eq(studies.id, id)).run()
  })
}

function placeRun(orm: BetterSQLite3Database, studyId: string, { runId, variant, seed }: StudyRun): void {
  orm
    .insert(studyRuns)
    .values({ studyId, runId, variant, seed })
    .onConflictDoUpdate({ target: [studyRuns.studyId, studyRuns.runId], set: { variant, seed } })
    .run()
}

export function addStudyRuns(tables: StudyTables, id: string, runs: readonly StudyRun[]): Study {
  return changeStudy(tables, id, () => {
    for (const run of runs) placeRun(tables.orm, id, run)
  })
}

export function dropStudyRuns(tables: StudyTables, id: string, runIds: readonly string[]): Study {
  return changeStudy(tables, id, () => {
    for (const runId of runIds)
      tables.orm
        .delete(studyRuns)
        .where(and(eq(studyRuns.studyId, id), eq(studyRuns.runId, runId)))
        .run()
  })
}

/** The place of a run that is being made, inside that transaction. */
export function placeNewRun(tables: StudyTables, runId: string, study: { id: string; variant: string; seed: number | null }): void {
  const { id, variant, seed } = study
  if (!tables.orm.select({ id: studies.id }).from(studies).where(eq(studies.id, id)).get())
    throw new LossboardError('invalid_argument', `the run is to be part of study "${id}", which is not in this store: was the study removed?`)
  touchStudy(tables.db, id)
  placeRun(tables.orm, id, { runId, variant, seed })
}

export function removeStudy({ db, orm }: StudyTables, id: string): void {
  immediate(db, () => {
    const rev = nextRev(db)
    if (orm.delete(studies).where(eq(studies.id, id)).run().changes === 0) throw new LossboardError('not_found', `there is no study "${id}"`)
    orm.insert(studyTombstones).values({ studyId: id, rev }).onConflictDoUpdate({ target: studyTombstones.studyId, set: { rev } }).run()
  })
}
