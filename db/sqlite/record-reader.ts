import { and, asc, desc, eq, gt, gte, lte } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Json } from '../../core/run.ts'
import type { StoredRecord } from '../store.ts'
import { records, runs } from './schema.ts'

export interface RecordQuery {
  runId: string
  name?: string
  kind?: string
  fromStep?: number
  toStep?: number
  afterId?: number
  limit?: number
  last?: boolean
}

const LIMIT_MAX = 1_000_000

/** Records in the order they were logged; with `last`, the newest `limit` of them. */
export function readRecords(orm: BetterSQLite3Database, query: RecordQuery): StoredRecord[] {
  const { runId, name, kind, fromStep, toStep, afterId, limit = LIMIT_MAX, last = false } = query
  const rows = orm
    .select({
      id: records.id,
      runId: runs.id,
      attempt: records.attempt,
      name: records.name,
      kind: records.kind,
      step: records.step,
      wall: records.wall,
      payload: records.payload,
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
      ),
    )
    .orderBy(last ? desc(records.id) : asc(records.id))
    .limit(Math.max(0, Math.min(limit, LIMIT_MAX)))
    .all()
  if (last) rows.reverse()
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as Json }))
}
