import { accessSync, constants, existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Database, Options } from 'better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import { copyForReading } from './copy-for-reading.ts'
import { sqliteDriver } from './driver.ts'
import { checkFileHeader } from './file-check.ts'
import { makeFolder } from './make-folder.ts'
import type { MigrationOptions } from './migrate.ts'
import { APPLICATION_ID, checkNotNewer, latestSchemaVersion, migrate, schemaVersion } from './migrate.ts'
import { networkFileSystem } from './network-file-system.ts'
import { explaining } from './sqlite-error.ts'

export interface ConnectOptions extends MigrationOptions {
  /** `read` never writes; `write` needs an existing store; `create` (default) makes one when the file is missing. */
  mode?: 'read' | 'write' | 'create'
  /** How long to wait for another process's transaction, ms. Default 5,000. */
  busyTimeoutMs?: number
  /** Pages of the write-ahead log from which on they are written into the file. Default 1,000; more for a program that stores millions of points. */
  checkpointPages?: number
}

export interface Connection {
  db: Database
  path: string
  readOnly: boolean
  warnings: string[]
  /** To be called after `db` is closed. */
  release(): void
}

const DEFAULT_BUSY_TIMEOUT_MS = 5_000

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function open(path: string, options: Options & { busyTimeoutMs: number }): Database {
  const { busyTimeoutMs, ...rest } = options
  const Driver = sqliteDriver()
  return new Driver(path, { ...rest, timeout: busyTimeoutMs })
}

function prepareNew(db: Database): void {
  // These three hold for the life of the file and must come before its first table.
  db.pragma('page_size = 2048')
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('journal_mode = WAL')
}

function tune(db: Database, readOnly: boolean, checkpointPages?: number): void {
  db.pragma('foreign_keys = ON')
  db.pragma('mmap_size = 0')
  db.pragma('cache_size = -32768')
  if (readOnly) return
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma('journal_size_limit = 16777216')
  if (checkpointPages !== undefined) db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
}

function checkOurs(db: Database, path: string, latest: number): void {
  const applicationId = db.pragma('application_id', { simple: true })
  if (applicationId !== APPLICATION_ID)
    throw new LossboardError('not_a_store', `${path} is not a Lossboard store. Nothing was changed; give another path`)
  checkNotNewer(schemaVersion(db), latest, path)
}

function checkNotOlder(db: Database, path: string, latest: number): void {
  const version = schemaVersion(db)
  if (version < latest)
    throw new LossboardError(
      'store_not_writable',
      `${path} is of an older version (${version}; this program reads ${latest}) and must be brought up to date: open it once for writing, as lossboard serve and every logging run do`,
    )
}

function isBlank(db: Database): boolean {
  return db.pragma('application_id', { simple: true }) === 0 && db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0
}

/** In a folder that may not be written WAL cannot make its shared memory; a copy of the file and its WAL is then read instead. */
export function openReadOnly(path: string, busyTimeoutMs: number, warnings: string[]): { db: Database; release(): void } {
  const db = open(path, { readonly: true, fileMustExist: true, busyTimeoutMs })
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get()
    return { db, release() {} }
  } catch (error) {
    db.close()
    if (writable(dirname(path)) || !String((error as { code?: unknown }).code).match(/CANTOPEN|READONLY/)) throw error
  }
  const copy = copyForReading(path)
  warnings.push(`${dirname(path)} may not be written: a copy of the store, made just now, is read. What is written to the store later does not show.`)
  return { db: open(copy.path, { readonly: true, fileMustExist: true, busyTimeoutMs }), release: copy.remove }
}

/** Opens or makes the file, checks that it is a store of a version this program knows, and brings its schema up to date. */
export function connect(file: string, options: ConnectOptions = {}): Connection {
  const path = resolve(file)
  const mode = options.mode ?? 'create'
  const busyTimeoutMs = options.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS
  const warnings: string[] = []
  const latest = latestSchemaVersion(options)
  const exists = existsSync(path)
  if (!exists && mode !== 'create') throw new LossboardError('not_found', `there is no store at ${path}: log a run first, or give another path`)
  const header = exists ? explainFileError(path, () => checkFileHeader(path, latest)) : 'empty'
  if (exists && header === 'empty' && mode !== 'create') throw emptyFile(path)
  if (!exists) explainFileError(path, () => makeFolder(dirname(path)))
  const network = networkFileSystem(dirname(path))
  if (network) warnings.push(`${path} is on a network file system (${network}), where several processes can damage it: keep it on a local disk.`)
  return explaining(path, () => {
    if (mode === 'read') {
      const { db, release } = openReadOnly(path, busyTimeoutMs, warnings)
      try {
        checkOurs(db, path, latest)
        checkNotOlder(db, path, latest)
        tune(db, true)
        return { db, path, readOnly: true, warnings, release }
      } catch (error) {
        db.close()
        release()
        throw error
      }
    }
    const db = open(path, { fileMustExist: exists, busyTimeoutMs })
    try {
      if (isBlank(db)) {
        if (mode !== 'create') throw emptyFile(path)
        prepareNew(db)
      } else checkOurs(db, path, latest)
      migrate(db, path, options)
      checkOurs(db, path, latest)
      tune(db, false, options.checkpointPages)
      return { db, path, readOnly: false, warnings, release() {} }
    } catch (error) {
      db.close()
      throw error
    }
  })
}

function emptyFile(path: string): LossboardError {
  return new LossboardError('not_a_store', `${path} is empty: log a run first, or give another path`)
}

function explainFileError<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = (error as { code?: unknown }).code
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new LossboardError('store_not_writable', `${path}: no permission (${String(code)}). Give a path you may read and write`, { cause: error })
    if (code === 'ENOENT')
      throw new LossboardError('store_not_writable', `${path}: its folder cannot be made. Give a path you may read and write`, { cause: error })
    if (code === 'ENOTDIR' || code === 'EEXIST')
      throw new LossboardError('store_not_writable', `${path}: part of the path is a file, not a folder`, { cause: error })
    throw error
  }
}
