import { randomBytes } from 'node:crypto'
import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LossboardError } from '../core/errors.ts'

/** Writes a file that gets its name only when it is whole: nothing half-written is ever left behind. */
export async function writeWhole(pieces: Readable, file: string): Promise<void> {
  const partial = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}.partial`)
  const remove = () => rmSync(partial, { force: true })
  // Ctrl-C in the middle of a long export leaves nothing behind either.
  const onSignal = (signal: NodeJS.Signals) => {
    remove()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    await pipeline(pieces, createWriteStream(partial, { flags: 'wx' }))
    renameSync(partial, file)
  } catch (error) {
    remove()
    throw fileProblem(error, file)
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

function fileProblem(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC') return new LossboardError('disk_full', `no space left for ${file}: nothing was written`, { cause: error })
  const reasons: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder is a file',
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the file system is read-only',
    EISDIR: 'it is a folder',
    ENOTEMPTY: 'it is a folder',
    EEXIST: 'it is a folder',
    ENAMETOOLONG: 'its name is too long',
  }
  const reason = code === undefined ? undefined : reasons[code]
  return reason === undefined ? error : new LossboardError('invalid_argument', `cannot write ${file}: ${reason}`, { cause: error })
}
