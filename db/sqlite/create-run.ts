import { and, eq, sql } from 'drizzle-orm'
import { LossboardError } from '../../core/errors.ts'
import { makeRunName } from '../../core/run-name.ts'
import type { NewRun, ResumeOptions } from '../store.ts'
import { insertDelivery } from './delivery-rows.ts'
import { environmentColumns, jsonColumn, patchColumns } from './run-rows.ts'
import type { WriterContext } from './run-writer.ts'
import { SqliteRunWriter, UNREAD } from './run-writer.ts'
import { attempts, projects, runs } from './schema.ts'
import { explaining } from './sqlite-error.ts'
import { immediate, nextRev } from './transaction.ts'
import { placeNewRun } from './write-study.ts'

/** Makes the run, and its project when it is the first of it. */
export function createRun(context: WriterContext, run: NewRun): SqliteRunWriter {
  const { db, orm, path } = context
  const runKey = explaining(path, () =>
    immediate(db, () => {
      if (orm.select({ id: runs.id }).from(runs).where(eq(runs.id, run.id)).get())
        throw new LossboardError('invalid_argument', `run id "${run.id}" exists already: resume it, or leave the id out`)
      if (run.parentId && !orm.select({ id: runs.id }).from(runs).where(eq(runs.id, run.parentId)).get())
        throw new LossboardError('not_found', `the run to fork from, "${run.parentId}", is not in ${path}`)
      const project = orm
        .insert(projects)
        .values({ name: run.project, lastNumber: 1, createdAt: run.startedAt })
        .onConflictDoUpdate({ target: projects.name, set: { lastNumber: sql`${projects.lastNumber} + 1` } })
        .returning()
        .get()
      const { project: _, name, config, environment, study, writer, ...plain } = run
      const row = orm
        .insert(runs)
        .values({
          ...plain,
          ...environmentColumns(environment),
          projectKey: project.key,
          name: name ?? makeRunName(project.lastNumber, Math.random),
          number: project.lastNumber,
          config: jsonColumn(config),
          summary: {},
          status: 'running',
          statusReason: null,
          archived: false,
          // Over the network the start may be told by another clock, or long after it.
          heartbeatAt: writer === undefined ? run.startedAt : Date.now(),
          endedAt: null,
          attempt: 1,
          droppedPoints: 0,
          rev: nextRev(db),
        })
        .returning({ key: runs.key })
        .get()
      orm.insert(attempts).values({ runKey: row.key, attempt: 1, forkStep: null, startedAt: run.startedAt, packedByOthers: 0 }).run()
      if (study) placeNewRun(context, run.id, study)
      if (writer !== undefined) insertDelivery(db, writer, row.key, 1)
      return row.key
    }),
  )
  return new SqliteRunWriter(context, runKey, run.id, 1)
}

/** Starts a new attempt of an existing run. */
export function resumeRun(context: WriterContext, id: string, options: ResumeOptions): SqliteRunWriter {
  const { db, orm, path } = context
  const { key, attempt } = explaining(path, () =>
    immediate(db, () => {
      const row = orm
        .update(runs)
        .set({
          ...(options.patch && patchColumns(options.patch)),
          ...environmentColumns(options.environment),
          attempt: sql`${runs.attempt} + 1`,
          status: 'running',
          statusReason: null,
          endedAt: null,
          heartbeatAt: options.writer === undefined ? options.startedAt : Date.now(),
          rev: nextRev(db),
        })
        .where(eq(runs.id, id))
        .returning({ key: runs.key, attempt: runs.attempt })
        .get()
      if (!row) throw new LossboardError('not_found', `there is no run "${id}" to resume in ${path}`)
      orm
        .insert(attempts)
        .values({ runKey: row.key, attempt: row.attempt, forkStep: options.forkStep, startedAt: options.startedAt, packedByOthers: 0 })
        .run()
      if (options.writer !== undefined) insertDelivery(db, options.writer, row.key, row.attempt)
      return row
    }),
  )
  return new SqliteRunWriter(context, key, id, attempt)
}

/** A writer for an attempt that is there already. It reads what was logged before at its first flush. */
export function continueRun(context: WriterContext, id: string, attempt: number): SqliteRunWriter {
  const { orm, path } = context
  const row = orm
    .select({ key: runs.key })
    .from(runs)
    .innerJoin(attempts, eq(attempts.runKey, runs.key))
    .where(and(eq(runs.id, id), eq(attempts.attempt, attempt)))
    .get()
  if (!row) throw new LossboardError('not_found', `there is no attempt ${attempt} of run "${id}" in ${path}`)
  return new SqliteRunWriter(context, row.key, id, attempt, UNREAD)
}
