import type { Database } from 'better-sqlite3'

/**
 * One write transaction. IMMEDIATE takes the write lock first, so "busy" comes before anything was read or changed.
 * A failure anywhere, COMMIT included, rolls back and is thrown on.
 */
export function immediate<T>(db: Database, work: () => T): T {
  db.prepare('BEGIN IMMEDIATE').run()
  try {
    const result = work()
    db.prepare('COMMIT').run()
    return result
  } catch (error) {
    if (db.inTransaction) db.prepare('ROLLBACK').run()
    throw error
  }
}

/** Several reads of one state of the file. */
export function snapshot<T>(db: Database, work: () => T): T {
  if (db.inTransaction) return work()
  db.prepare('BEGIN').run()
  try {
    return work()
  } finally {
    db.prepare('COMMIT').run()
  }
}

/** Raises the store's revision; inside a write transaction. */
export function nextRev(db: Database): number {
  return db.prepare('UPDATE meta SET rev = rev + 1 WHERE id = 1 RETURNING rev').pluck().get() as number
}
