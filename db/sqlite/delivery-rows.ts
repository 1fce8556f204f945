import type { Database } from 'better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import type { Delivery, DeliveryState } from '../delivery.ts'

/** Binds a client session to the attempt it writes; inside the transaction that makes the attempt. */
export function insertDelivery(db: Database, writer: string, runKey: number, attempt: number): void {
  db.prepare('INSERT INTO ingest_writers (writer, run_key, attempt, last_sequence, updated_at) VALUES (?, ?, ?, 0, ?)').run(
    writer,
    runKey,
    attempt,
    Date.now(),
  )
}

export function readDelivery(db: Database, writer: string): DeliveryState | null {
  const row = db
    .prepare(
      `SELECT writer, runs.id AS runId, ingest_writers.attempt AS attempt, last_sequence AS lastSequence
       FROM ingest_writers JOIN runs ON runs.key = run_key WHERE writer = ?`,
    )
    .get(writer) as DeliveryState | undefined
  return row ?? null
}

/**
 * Counts the batch, inside the transaction that stores it. Returns the number of the one before it, or null when it was stored before.
 * Throws `sequence_gap` when one before it is missing, `not_found` when the session does not write this attempt.
 */
export function countDelivery(db: Database, { writer, sequence }: Delivery, runKey: number, attempt: number): number | null {
  const last = db
    .prepare('SELECT last_sequence FROM ingest_writers WHERE writer = ? AND run_key = ? AND attempt = ?')
    .pluck()
    .get(writer, runKey, attempt) as number | undefined
  if (last === undefined)
    throw new LossboardError('not_found', `writer "${writer}" does not write this run, or the run was deleted: begin a run first`)
  if (sequence <= last) return null
  if (sequence > last + 1)
    throw new LossboardError('sequence_gap', `batch ${sequence} of writer "${writer}" came before batch ${last + 1}: send that one first`, {
      facts: { expected: last + 1 },
    })
  db.prepare('UPDATE ingest_writers SET last_sequence = ?, updated_at = ? WHERE writer = ?').run(sequence, Date.now(), writer)
  return last
}

/** False for what is delivered late, of an attempt that a resumed run has left behind. */
export function isNewestAttempt(db: Database, runKey: number, attempt: number): boolean {
  return db.prepare('SELECT attempt FROM runs WHERE key = ?').pluck().get(runKey) === attempt
}
