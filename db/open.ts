import { LossboardError } from '../core/errors.ts'
import { openSqlite } from './sqlite/store.ts'
import type { Store } from './store.ts'
import { storeFile } from './store-file.ts'

export interface OpenOptions {
  /** `read` never writes; `write` needs an existing store; `create` makes one when there is none. Default `write`. */
  mode?: 'read' | 'write' | 'create'
  /** How long to wait for another process's transaction, ms. Default 5,000. */
  busyTimeoutMs?: number
  /** Pages (2 kB) that wait in the log beside the file before they are written into it. Default 1,000; more for a program that stores millions of points. */
  checkpointPages?: number
}

/** Opens the store at `location` (see `storeFile`). Throws LossboardError saying what is wrong with it. */
export async function openStore(location?: string, options: OpenOptions = {}): Promise<Store> {
  if (location !== undefined && /^[a-z]+:\/\//i.test(location))
    throw new LossboardError('invalid_argument', `"${location}" is no path: this version keeps stores in files, for example ./lossboard.db`)
  return openSqlite(storeFile(location), { ...options, mode: options.mode ?? 'write' })
}
