import type { Database } from 'better-sqlite3'
import type { Rows } from './attempt-state.ts'
import { loadAttemptState } from './attempt-state.ts'
import { packAttempt } from './pack-attempt.ts'
import { immediate } from './transaction.ts'

/** A tail this long is packed even while its run goes on: only plain clients, which cannot pack, let it grow so far. */
const LIVE_TAIL_MAX = 8192

/** Packs the tails of ended runs and overlong ones, an attempt per transaction. Returns the number of points packed. */
export function compactStore(db: Database, rows: Rows): number {
  const tails = db
    .prepare(
      `SELECT run_key AS runKey, tail.attempt, count(*) AS points FROM tail JOIN runs ON runs.key = run_key
       GROUP BY run_key, tail.attempt HAVING max(status) <> 'running' OR tail.attempt < max(runs.attempt) OR points > ?`,
    )
    .all(LIVE_TAIL_MAX) as { runKey: number; attempt: number; points: number }[]
  let packed = 0
  for (const { runKey, attempt } of tails)
    packed += immediate(db, () => {
      const state = loadAttemptState(db, rows, runKey, attempt)
      if (state.tailRows === 0) return 0
      packAttempt(rows, state, runKey, attempt)
      db.prepare('UPDATE attempts SET packed_by_others = packed_by_others + 1 WHERE run_key = ? AND attempt = ?').run(runKey, attempt)
      return state.tailRows
    })
  return packed
}
