import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type ErrorCode, isLossboardError } from '../../core/errors.ts'
import { formatBytes } from '../format-value.ts'
import { missingStore, openForReading } from '../store-path.ts'
import type { Check, Finding } from './check.ts'

/** Above this a full integrity check takes minutes; the quick one skips comparing tables with their indexes. */
const FULL_CHECK_BYTES = 2e9
/** A write-ahead log this large means that nobody folds it back: a reader holds it, or its writer is gone. */
const LARGE_WAL_BYTES = 256e6

export const storeFile: Check = async (store) => {
  if (!existsSync(store.file))
    return [
      {
        what: 'store',
        status: store.named ? 'problem' : 'warning',
        detail: missingStore(store).message,
        mend: 'name a store that is there, log a run to make this one, or type lossboard demo',
      },
    ]
  const refused = await refusal(store.file)
  if (refused && !DAMAGED.has(refused.code)) return [refused.finding]
  const found = refused ? [refused.finding] : await opened(store.file)
  return [...found, await integrity(store.file, statSync(store.file).size), permissions(store.file), wal(store.file)]
}

/** Only these are worth a look at the pages: a file that is not ours, or may not be read, is left alone. */
const DAMAGED: ReadonlySet<ErrorCode | null> = new Set(['store_corrupt', null])

const MENDS: Partial<Record<ErrorCode, string>> = {
  not_a_store: 'give the path of a store; this file is left as it is',
  store_newer: 'npm install lossboard@latest; this file is left as it is',
  store_corrupt: 'keep the file as it is: nothing here has written to it; what the next check says may save its data',
  store_not_writable: 'have its owner let you read it (chmod), or copy it to where you may',
  store_busy: 'close other programs that have it open, and try again',
  missing_dependency: 'run the command in the message',
}

/** Why the store does not open; null when it does. */
async function refusal(file: string): Promise<{ code: ErrorCode | null; finding: Finding } | null> {
  try {
    await (await openForReading({ file, named: true })).close()
    return null
  } catch (error) {
    const code = isLossboardError(error) ? error.code : null
    const mend = (code && MENDS[code]) ?? 'keep the file as it is; nothing here has written to it'
    return { code, finding: { what: 'store', status: 'problem', detail: (error as Error).message, mend } }
  }
}

async function opened(file: string): Promise<Finding[]> {
  try {
    const store = await openForReading({ file, named: true })
    const info = await store.info()
    await store.close()
    const detail = `${file}: ${info.runs} ${info.runs === 1 ? 'run' : 'runs'} in ${info.projects} ${info.projects === 1 ? 'project' : 'projects'}, ${formatBytes(info.bytes)}, format ${info.schemaVersion}`
    const warnings = info.warnings.map(
      (warning): Finding => ({
        what: 'store',
        status: 'warning',
        detail: warning,
        mend: 'keep the store on a local disk, in a folder that can be written',
      }),
    )
    return [{ what: 'store', status: 'ok', detail }, ...warnings]
  } catch (error) {
    return [{ what: 'store', status: 'problem', detail: (error as Error).message, mend: 'keep the file as it is; nothing here has written to it' }]
  }
}

async function integrity(file: string, bytes: number): Promise<Finding> {
  const what = 'integrity'
  try {
    const { openReadOnly } = await import('../../db/sqlite/connect.ts')
    const { db, release } = openReadOnly(file, 5_000, [])
    try {
      const pragma = bytes > FULL_CHECK_BYTES ? 'quick_check(5)' : 'integrity_check(5)'
      const answer = (db.pragma(pragma) as Record<string, string>[]).map((row) => Object.values(row)[0])
      if (answer.length === 1 && answer[0] === 'ok') return { what, status: 'ok', detail: `${pragma.replace(/\(.*/, '')}: ok` }
      return { what, status: 'problem', detail: answer.join('; '), mend: recovery(file) }
    } finally {
      db.close()
      release()
    }
  } catch (error) {
    return { what, status: 'problem', detail: (error as Error).message, mend: recovery(file) }
  }
}

function recovery(file: string): string {
  return `restore ${file} from a backup; runs the damage does not touch can still be saved with "lossboard export"`
}

function permissions(file: string): Finding {
  const what = 'permissions'
  for (const [path, name] of [
    [file, 'the file'],
    [dirname(file), 'its folder'],
  ] as const) {
    try {
      accessSync(path, constants.R_OK | constants.W_OK)
    } catch {
      const detail = `${name} (${path}) cannot be written: runs cannot be logged here, and names, tags and notes not changed`
      return { what, status: 'warning', detail, mend: `chmod u+w "${path}", or work on a copy` }
    }
  }
  return { what, status: 'ok', detail: 'file and folder can be written' }
}

function wal(file: string): Finding {
  const bytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0
  const detail = bytes === 0 ? 'empty' : formatBytes(bytes)
  if (bytes < LARGE_WAL_BYTES) return { what: 'write-ahead log', status: 'ok', detail }
  return {
    what: 'write-ahead log',
    status: 'warning',
    detail: `${detail}: it has not been folded back into the file`,
    mend: `open the dashboard on it for a minute, or close other readers; never delete ${file}-wal, it holds data`,
  }
}
