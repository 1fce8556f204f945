import type { Database } from 'better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import type { RunStatus } from '../../core/run.ts'
import { immediate, nextRev } from './transaction.ts'

export interface RunEnd {
  status: RunStatus
  reason: string | null
  endedAt: number
}

/** For a run whose process is gone: what someone else knows about its end. A run that finished or failed keeps its word; who interrupted it knows why. */
export function endRun(db: Database, id: string, { status, reason, endedAt }: RunEnd): void {
  immediate(db, () => {
    const known = db.prepare('SELECT status FROM runs WHERE id = ?').pluck().get(id) as RunStatus | undefined
    if (known === undefined) throw new LossboardError('not_found', `there is no run "${id}"`)
    if (known === 'finished' || known === 'failed') return
    db.prepare('UPDATE runs SET status = ?, status_reason = ?, ended_at = ?, rev = ? WHERE id = ?').run(status, reason, endedAt, nextRev(db), id)
  })
}
