import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Command } from 'commander'
import { isLossboardError, LossboardError } from '../core/errors.ts'
import type { Store } from '../db/store.ts'
import { storeFile } from '../db/store-file.ts'

export interface StorePath {
  /** Absolute path of the database file. */
  file: string
  /** True when the command line names it; else it comes from LOSSBOARD_DIR or is the default `./lossboard.db`. */
  named: boolean
}

/** Adds the last argument `[path]` and its twin `--dir`, the same for every verb. */
export function addStorePath(command: Command): Command {
  return command
    .argument('[path]', `store: a .db file, or a folder that holds lossboard.db (default: $LOSSBOARD_DIR, else ./lossboard.db)`)
    .option('-d, --dir <path>', 'the same as [path], named as in the logging library')
}

/** The store meant by `[path]`, `--dir`, LOSSBOARD_DIR or, without any of them, the default. */
export function storePath(path: string | undefined, dir: string | undefined): StorePath {
  if (path !== undefined && dir !== undefined) throw new LossboardError('invalid_option', `two stores named, "${path}" and --dir "${dir}": name one`)
  const named = path ?? dir
  if (named === '') throw new LossboardError('invalid_option', 'the path of the store is empty')
  return { file: storeFile(named), named: named !== undefined }
}

/** What to say when there is no store: where we looked, what lies there instead, and what to do. */
export function missingStore({ file, named }: StorePath): LossboardError {
  const folder = dirname(file)
  const blocked = blockedFolder(folder)
  if (blocked) return new LossboardError('not_found', `no store at ${file}: ${blocked}`)
  const others = databasesIn(folder).filter((name) => name !== basename(file))
  const advice =
    others.length > 0
      ? `that folder holds ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''}: name one of them`
      : named
        ? 'check the path, or log a run there first'
        : 'name one (lossboard runs.db), log a run here, or type lossboard demo'
  return new LossboardError('not_found', `no store at ${file}: ${advice}`)
}

/** Why nothing can be in that folder: a file stands in the way, or nobody may look into it. */
function blockedFolder(folder: string): string | null {
  try {
    if (!statSync(folder).isDirectory()) return `${folder} is a file, not a folder`
    accessSync(folder, constants.X_OK)
    return null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM') return `you may not look into ${folder}`
    return dirname(folder) === folder ? null : blockedFolder(dirname(folder))
  }
}

function databasesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.db'))
  } catch {
    return []
  }
}

/** How long the dashboard waits for another program's transaction: pages wait with it. */
const SERVING_BUSY_MS = 1_000

/** Opens an existing store for the dashboard: renaming, tags and notes are written when the file lets us. */
export async function openForServing(path: StorePath): Promise<Store> {
  if (!existsSync(path.file)) throw missingStore(path)
  const { openStore } = await import('../db/open.ts')
  try {
    return await openStore(path.file, { mode: 'write', busyTimeoutMs: SERVING_BUSY_MS })
  } catch (error) {
    if (isLossboardError(error) && error.code === 'store_not_writable') return openStore(path.file, { mode: 'read' })
    throw error
  }
}

/** Opens an existing store for a verb that only reads. */
export async function openForReading(path: StorePath): Promise<Store> {
  if (!existsSync(path.file)) throw missingStore(path)
  const { openStore } = await import('../db/open.ts')
  return openStore(path.file, { mode: 'read' })
}
