import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { LossboardError } from '../../core/errors.ts'
import { locateMigrations } from './locate-migrations.ts'

/** 'LOSB': marks a SQLite file as ours, so that another program's database is never taken for a store. */
export const APPLICATION_ID = 0x4c4f5342

/** A migration whose text holds this line changes existing data: the file is copied first. */
const REWRITES = '-- rewrites data'

export interface MigrationOptions {
  /** Folder to use instead of the one that came with the program. */
  migrations?: string
}

/** Newest schema version this program knows. */
export function latestSchemaVersion(options: MigrationOptions = {}): number {
  return readMigrationFiles({ migrationsFolder: locateMigrations(options.migrations) }).length
}

export function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number
}

export function checkNotNewer(version: number, latest: number, path: string): void {
  if (version > latest)
    throw new LossboardError(
      'store_newer',
      `${path} was written by a newer Lossboard (file version ${version}, this program knows up to ${latest}): update with "npm install lossboard@latest"`,
    )
}

function backUp(db: Database, path: string, version: number): void {
  const copy = `${path}.v${version}.backup`
  if (!existsSync(copy)) db.prepare('VACUUM INTO ?').run(copy)
}

/**
 * Brings the file to the newest schema in one transaction. The schema version is the number of migrations applied,
 * kept in `user_version`, where it can be read before any table is trusted.
 */
export function migrate(db: Database, path: string, options: MigrationOptions = {}): void {
  const files = readMigrationFiles({ migrationsFolder: locateMigrations(options.migrations) })
  const before = schemaVersion(db)
  checkNotNewer(before, files.length, path)
  if (before === files.length) return
  if (before > 0 && files.slice(before).some((file) => file.sql.some((statement) => statement.includes(REWRITES)))) backUp(db, path, before)
  const apply = db.transaction(() => {
    // Another process may have done it while this one waited for the lock.
    const version = schemaVersion(db)
    checkNotNewer(version, files.length, path)
    for (const file of files.slice(version)) for (const statement of file.sql) db.exec(statement)
    if (version === 0) {
      db.pragma(`application_id = ${APPLICATION_ID}`)
      db.prepare('INSERT INTO meta (id, store_id, rev, created_at) VALUES (1, ?, 0, ?)').run(randomUUID(), Date.now())
    }
    db.pragma(`user_version = ${files.length}`)
  })
  apply.immediate()
}
