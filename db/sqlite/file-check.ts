import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { LossboardError } from '../../core/errors.ts'
import { APPLICATION_ID, checkNotNewer } from './migrate.ts'

const MAGIC = 'SQLite format 3\0'
/** Counts changes of the schema; 0 in a file without tables. */
const SCHEMA_COOKIE = 40

/**
 * Reads the first 100 bytes without SQLite, so that a file that is not ours is told apart before anything could write to it.
 * Returns 'empty' for a file of no bytes. Offsets are those of SQLite's file format.
 */
export function checkFileHeader(path: string, latest: number): 'empty' | 'store' {
  // Looked at before and after: whoever closes the store last folds the WAL into the file and takes it away.
  const walBefore = walBytes(path) > 0
  const file = openSync(path, 'r')
  const header = Buffer.alloc(100)
  let size: number
  let read: number
  try {
    const stat = fstatSync(file)
    if (stat.isDirectory())
      throw new LossboardError('not_a_store', `${path} is a folder: give a file ending in .db, or the folder that holds lossboard.db`)
    size = stat.size
    read = readSync(file, header, 0, 100, 0)
  } finally {
    closeSync(file)
  }
  if (size === 0) return 'empty'
  if (read < 100 || header.toString('latin1', 0, 16) !== MAGIC)
    throw new LossboardError('not_a_store', `${path} is not a Lossboard store: it is no SQLite file. Nothing was changed; give another path`)
  const applicationId = header.readUInt32BE(68)
  const hasWal = walBefore || walBytes(path) > 0
  // With a WAL the newest header may still be there: what SQLite reads decides then. It also decides when no table was ever made:
  // another process may be making the store at this moment, or was killed while it did.
  if (applicationId !== APPLICATION_ID) {
    const blank = applicationId === 0 && header.readUInt32BE(SCHEMA_COOKIE) === 0
    if (hasWal || blank) return 'store'
    throw new LossboardError(
      'not_a_store',
      `${path} is a SQLite file of another program, not a Lossboard store. Nothing was changed; give another path`,
    )
  }
  checkNotNewer(header.readUInt32BE(60), latest, path)
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const pages = header.readUInt32BE(28)
  if (!hasWal && size < pages * pageSize)
    throw new LossboardError(
      'store_corrupt',
      `${path} is cut short: ${size} of ${pages * pageSize} bytes are there. Nothing was overwritten; restore the file from a backup`,
    )
  return 'store'
}

function walBytes(path: string): number {
  return statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0
}
