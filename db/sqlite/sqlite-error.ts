import { isLossboardError, LossboardError } from '../../core/errors.ts'

/** What result codes of SQLite, and of the file system for blobs, mean to a person. `path` is the store. Other errors are returned as they are. */
function explainSqliteError(error: unknown, path: string): unknown {
  if (isLossboardError(error) || !(error instanceof Error)) return error
  const code = (error as Error & { code?: unknown }).code
  // Compiled for another Node, or not compiled at all: the message of the system runs over several lines.
  if (code === 'ERR_DLOPEN_FAILED' || error.message.startsWith('Could not locate the bindings file')) {
    const reason = error.message.replaceAll(/\s+/g, ' ').slice(0, 300)
    const what = `better-sqlite3 does not load in Node ${process.version}: run "npm rebuild better-sqlite3" with this Node (${reason})`
    return new LossboardError('missing_dependency', what, { cause: error })
  }
  if (typeof code !== 'string') return error
  const say = (kind: ConstructorParameters<typeof LossboardError>[0], message: string) => new LossboardError(kind, message, { cause: error })
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED')
    return say('store_busy', `${path} is locked by another process: nothing was changed, try again`)
  if (
    ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code) ||
    code === 'SQLITE_FULL' ||
    code === 'SQLITE_IOERR_WRITE' ||
    code.startsWith('SQLITE_IOERR_SHM') ||
    code === 'SQLITE_IOERR_TRUNCATE'
  )
    return say('disk_full', `${path} cannot grow: the disk or your quota is full. Nothing was changed: free space and it goes on (${error.message})`)
  if (
    ['EACCES', 'EPERM', 'EROFS'].includes(code) ||
    code.startsWith('SQLITE_READONLY') ||
    code === 'SQLITE_PERM' ||
    code.startsWith('SQLITE_CANTOPEN')
  )
    return say('store_not_writable', `${path} cannot be written: check the permissions of the file and its folder (${error.message})`)
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return say(
      'store_corrupt',
      `${path} is damaged (${error.message}): nothing was overwritten. Restore it from a backup; runs the damage does not touch can still be saved with "lossboard export"`,
    )
  return error
}

/** Runs `work`; SQLite's errors come out as LossboardError. */
export function explaining<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw explainSqliteError(error, path)
  }
}
