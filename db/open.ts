import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LossboardError } from '../core/errors.ts'
import { openSqlite } from './sqlite/store.ts'
import type { Store } from './store.ts'

export interface OpenOptions {
  /** `read` never writes; `write` needs an existing store; `create` makes one when there is none. Default `write`. */
  mode?: 'read' | 'write' | 'create'
  /** How long to wait for another process's transaction, ms. Default 5,000. */
  busyTimeoutMs?: number
}

export const DEFAULT_LOCATION = './lossboard.db'

/** File of a location: a path ending in `.db`, or an existing file, is the file; anything else is a folder that holds `lossboard.db`. */
export function storeFile(location: string = process.env.LOSSBOARD_DIR || DEFAULT_LOCATION): string {
  const path = resolve(location)
  const isFile = existsSync(path) ? statSync(path).isFile() : path.endsWith('.db')
  return isFile ? path : join(path, 'lossboard.db')
}

/** Opens the store at `location` (see `storeFile`). Throws LossboardError saying what is wrong with it. */
export async function openStore(location?: string, options: OpenOptions = {}): Promise<Store> {
  if (location !== undefined && /^[a-z]+:\/\//i.test(location))
    throw new LossboardError('invalid_argument', `"${location}" is no path: this version keeps stores in files, for example ./lossboard.db`)
  return openSqlite(storeFile(location), { ...options, mode: options.mode ?? 'write' })
}
