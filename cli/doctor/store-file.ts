import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { formatBytes } from '../format-value.ts'
import { missingStore, openForReading } from '../store-path.ts'
import type { Check, Finding } from './check.ts'

/** Above this a full integrity check takes minutes; the quick one skips comparing tables with their indexes. */
const FULL_CHECK_BYTES = 2e9
/** A write-ahead log this large means that nobody folds it back: a reader holds it, or its writer is gone. */
const LARGE_WAL_BYTES = 256e6

export const storeFile: Check = async (store) => {
  if (!existsSync(store.file))
    return [{ what: 'store', status: store.named ? 'problem' : 'warning', detail: missingStore(store).message, mend: 'nothing to check in it yet' }]
  return [...(await opened(store.file)), await integrity(store.file, statSync(store.file).size), permissions(store.file), wal(store.file)]
}

async function opened(file: string): Promise<Finding[]> {
  try {
    const store = await openForReading({ file, named: true })
    const info = await store.info()
    await store.close()
    const detail = `${file}: ${info.runs} runs in ${info.projects} projects, ${formatBytes(info.bytes)}, format ${info.schemaVersion}`
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
    const { sqliteDriver } = await import('../../db/sqlite/driver.ts')
    const Database = sqliteDriver()
    const db = new Database(file, { readonly: true, fileMustExist: true })
    try {
      const pragma = bytes > FULL_CHECK_BYTES ? 'quick_check(5)' : 'integrity_check(5)'
      const answer = (db.pragma(pragma) as Record<string, string>[]).map((row) => Object.values(row)[0])
      if (answer.length === 1 && answer[0] === 'ok') return { what, status: 'ok', detail: `${pragma.replace(/\(.*/, '')}: ok` }
      return { what, status: 'problem', detail: answer.join('; '), mend: recovery(file) }
    } finally {
      db.close()
    }
  } catch (error) {
    return { what, status: 'problem', detail: (error as Error).message, mend: recovery(file) }
  }
}

function recovery(file: string): string {
  return `copy the file with its -wal first; then sqlite3 "${file}" .recover | sqlite3 recovered.db saves what can be read`
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
