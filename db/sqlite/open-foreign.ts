import { closeSync, openSync, readSync } from 'node:fs'
import { openReadOnly } from './connect.ts'
import { APPLICATION_ID } from './migrate.ts'

const BUSY_TIMEOUT_MS = 5_000
const MAGIC = 'SQLite format 3\0'

/** A database of another program, opened for reading; nothing is ever written to it. */
export interface ForeignDatabase {
  /** Names of its columns by name of the table. */
  tables: ReadonlyMap<string, readonly string[]>
  all<Row>(sql: string, ...parameters: unknown[]): Row[]
  /** One row after the other. No other query of the same database may run meanwhile. */
  iterate<Row>(sql: string, ...parameters: unknown[]): IterableIterator<Row>
  close(): void
}

/** Whether the file is an SQLite database of some other program. */
export function isForeignDatabase(path: string): boolean {
  const head = Buffer.alloc(72)
  try {
    const descriptor = openSync(path, 'r')
    try {
      if (readSync(descriptor, head, 0, head.length, 0) < head.length) return false
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
  return head.toString('latin1', 0, 16) === MAGIC && head.readUInt32BE(68) !== APPLICATION_ID
}

/** Opens it. Throws what SQLite says of a file that is damaged. */
export function openForeign(path: string): ForeignDatabase {
  const { db, release } = openReadOnly(path, BUSY_TIMEOUT_MS, [])
  try {
    const names = db.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").pluck().all() as string[]
    const columns = db.prepare('SELECT name FROM pragma_table_info(?)').pluck()
    return {
      tables: new Map(names.map((name) => [name, columns.all(name) as string[]])),
      all: <Row>(sql: string, ...parameters: unknown[]) => db.prepare(sql).all(...parameters) as Row[],
      iterate: <Row>(sql: string, ...parameters: unknown[]) => db.prepare(sql).iterate(...parameters) as IterableIterator<Row>,
      close() {
        db.close()
        release()
      },
    }
  } catch (error) {
    db.close()
    release()
    throw error
  }
}
