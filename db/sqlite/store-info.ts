import { statSync } from 'node:fs'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { StoreInfo } from '../store.ts'
import type { Connection } from './connect.ts'
import { schemaVersion } from './migrate.ts'
import { readCounts } from './run-queries.ts'

function size(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** What the store is; bytes of the file, its log and its blobs. */
export function readInfo(orm: BetterSQLite3Database, { db, path, readOnly, warnings }: Connection): StoreInfo {
  const { blobBytes, ...counts } = readCounts(orm)
  const bytes = size(path) + size(`${path}-wal`) + blobBytes
  return { dialect: 'sqlite', location: path, readOnly, schemaVersion: schemaVersion(db), bytes, ...counts, warnings: [...warnings] }
}
