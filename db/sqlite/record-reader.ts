import { and, asc, desc, eq, gt, gte, lte, sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Json } from '../../core/run.ts'
import type { RecordKey, RecordQuery, StoredRecord } from '../store.ts'
import { records, runs } from './schema.ts'

const LIMIT_MAX = 1_000_000

/**
 * The rule of `core/line.ts` within a run, for queries that page through records: a later attempt replaces them from its fork step on, or
 * from the lowest step it logged under the same name. Console output is not a function of the step, and all of it is kept.
 */
const ON_THE_LINE = sql`(${records.kind} = 'console' OR NOT EXISTS (
  SELECT 1 FROM attempts AS later
  WHERE later.run_key = ${records.runKey} AND later.attempt > ${records.attempt} AND ${records.step} >= coalesce(later.fork_step, (
    SELECT min(newer.step) FROM records AS newer
    WHERE newer.run_key = later.run_key AND newer.name = ${records.name} AND newer.kind = ${records.kind} AND newer.attempt = later.attempt))))`

/** Records in the order they were logged; with `last`, the newest `limit` of them. */
export function readRecords(orm: BetterSQLite3Database, query: RecordQuery): StoredRecord[] {
  const { runId, name, kind, fromStep, toStep, afterId, limit = LIMIT_MAX, last = false, payload = true, all = false } = query
  const rows = orm
    .select({
      id: records.id,
      runId: runs.id,
      attempt: records.attempt,
      name: records.name,
      kind: records.kind,
      step: records.step,
      wall: records.wall,
      payload: payload ? records.payload : sql<string>`'null'`,
      blobHash: records.blobHash,
    })
    .from(records)
    .innerJoin(runs, eq(runs.key, records.runKey))
    .where(
      and(
        eq(runs.id, runId),
        name === undefined ? undefined : eq(records.name, name),
        kind === undefined ? undefined : eq(records.kind, kind),
        fromStep === undefined ? undefined : gte(records.step, fromStep),
        toStep === undefined ? undefined : lte(records.step, toStep),
        afterId === undefined ? undefined : gt(records.id, afterId),
        all ? undefined : ON_THE_LINE,
      ),
    )
    .orderBy(last ? desc(records.id) : asc(records.id))
    .limit(Math.max(0, Math.min(limit, LIMIT_MAX)))
    .all()
  if (last) rows.reverse()
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as Json }))
}

/** Names and kinds of a run's records, with their number and steps. */
export function readRecordKeys(orm: BetterSQLite3Database, runId: string): RecordKey[] {
  return orm
    .select({
      name: records.name,
      kind: records.kind,
      n: sql<number>`count(*)`,
      firstStep: sql<number>`min(${records.step})`,
      lastStep: sql<number>`max(${records.step})`,
    })
    .from(records)
    .innerJoin(runs, eq(runs.key, records.runKey))
    .where(and(eq(runs.id, runId), ON_THE_LINE))
    .groupBy(records.name, records.kind)
    .orderBy(asc(records.name), asc(records.kind))
    .all()
}
