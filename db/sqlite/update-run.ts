import type { Database } from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import type { Run } from '../../core/run.ts'
import type { RunPatch } from '../store.ts'
import { readRun } from './run-queries.ts'
import { patchColumns } from './run-rows.ts'
import { runs } from './schema.ts'
import { immediate, nextRev } from './transaction.ts'

/** What a person edits. */
export function updateRun(db: Database, orm: BetterSQLite3Database, id: string, patch: RunPatch): Run {
  return immediate(db, () => {
    if (patch.name !== undefined && patch.name.trim() === '') throw new LossboardError('invalid_argument', 'a run needs a name')
    const { changes } = orm
      .update(runs)
      .set({ ...patchColumns(patch), rev: nextRev(db) })
      .where(eq(runs.id, id))
      .run()
    if (changes === 0) throw new LossboardError('not_found', `there is no run "${id}"`)
    return readRun(orm, id)!
  })
}
