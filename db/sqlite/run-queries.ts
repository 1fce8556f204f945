import { asc, eq, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Attempt, MetricRule, Run } from '../../core/run.ts'
import type { ProjectInfo } from '../store.ts'
import { toRun } from './run-rows.ts'
import { attempts, blobs, metricRules, projects, runs } from './schema.ts'

/** One query each: what a page asks for once. The polled and the heavy ones are prepared elsewhere. */

export function readRun(orm: BetterSQLite3Database, id: string): Run | null {
  const row = orm.select().from(runs).innerJoin(projects, eq(projects.key, runs.projectKey)).where(eq(runs.id, id)).get()
  return row ? toRun(row.runs, row.projects.name) : null
}

/** By name. */
export function readProjects(orm: BetterSQLite3Database): ProjectInfo[] {
  return orm
    .select({
      name: projects.name,
      runs: sql<number>`count(${runs.key})`,
      running: sql<number>`count(iif(${runs.status} = 'running', 1, NULL))`,
      lastActivityAt: sql<number>`coalesce(max(${runs.heartbeatAt}), ${projects.createdAt})`,
    })
    .from(projects)
    .leftJoin(runs, eq(runs.projectKey, projects.key))
    .groupBy(projects.key)
    .orderBy(asc(projects.name))
    .all()
}

export function readAttempts(orm: BetterSQLite3Database, runId: string): Attempt[] {
  return orm
    .select({ attempt: attempts.attempt, forkStep: attempts.forkStep, startedAt: attempts.startedAt })
    .from(attempts)
    .innerJoin(runs, eq(runs.key, attempts.runKey))
    .where(eq(runs.id, runId))
    .orderBy(asc(attempts.attempt))
    .all()
}

/** Forks of a run, oldest first. */
export function readChildren(orm: BetterSQLite3Database, runId: string): { id: string; name: string }[] {
  return orm.select({ id: runs.id, name: runs.name }).from(runs).where(eq(runs.parentId, runId)).orderBy(asc(runs.key)).all()
}

/** By pattern; what a rule does not set is left out of it. */
export function readRules(orm: BetterSQLite3Database, runId: string): MetricRule[] {
  const rows = orm
    .select({ pattern: metricRules.pattern, step: metricRules.step, goal: metricRules.goal, unit: metricRules.unit })
    .from(metricRules)
    .innerJoin(runs, eq(runs.key, metricRules.runKey))
    .where(eq(runs.id, runId))
    .orderBy(asc(metricRules.pattern))
    .all()
  return rows.map(({ pattern, step, goal, unit }) => ({
    pattern,
    ...(step !== null && { step }),
    ...(goal !== null && { goal }),
    ...(unit !== null && { unit }),
  }))
}

export function readCounts(orm: BetterSQLite3Database): { runs: number; projects: number; blobBytes: number } {
  const count = (table: typeof runs | typeof projects) => orm.select({ n: sql<number>`count(*)` }).from(table).get()?.n ?? 0
  const blobBytes =
    orm
      .select({ sum: sql<number>`total(${blobs.bytes})` })
      .from(blobs)
      .get()?.sum ?? 0
  return { runs: count(runs), projects: count(projects), blobBytes }
}
