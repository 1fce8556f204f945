import { randomBytes } from 'node:crypto'
import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LossboardError } from '../core/errors.ts'
import type { Run } from '../core/run.ts'
import type { Store } from '../db/store.ts'
import { exportRun } from '../server/export/export-run.ts'
import { progressBar } from './progress-bar.ts'

export interface ExportTarget {
  format: string
  all: boolean
  metrics: string[] | undefined
  /** File to write; undefined: standard output. */
  output: string | undefined
}

/** Writes one run a piece at a time. A file gets its name only when it is whole: no half export is ever left behind. */
export async function writeExport(store: Store, run: Run, target: ExportTarget): Promise<void> {
  const wanted = (await store.series(run.id)).filter((one) => target.metrics?.includes(one.name) ?? true)
  const total = wanted.reduce((sum, one) => sum + one.n + (target.all ? one.superseded : 0), 0)
  // A bar between the lines of an export that goes to the same terminal would only tear both apart.
  const quiet = target.output === undefined && process.stdout.isTTY
  const bar = progressBar('exporting', quiet ? 0 : total, 'points')
  const { output, ...options } = target
  const pieces = Readable.from(exportRun(store, run.id, { ...options, onPoints: (points) => bar.update(points) }))
  try {
    if (output === undefined) await pipeline(pieces, process.stdout, { end: false })
    else await writeWhole(pieces, resolve(output))
  } finally {
    bar.stop()
  }
  if (output !== undefined) process.stderr.write(`${run.name}: ${total} points written to ${output}\n`)
}

async function writeWhole(pieces: Readable, file: string): Promise<void> {
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
