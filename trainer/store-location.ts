import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const FILE_NAME = 'lossboard.db'

/** The file meant by `dir`: a path ending in `.db` (or an existing file) is the store itself, anything else the folder that holds `lossboard.db`. */
export function storeLocation(dir: string | undefined): string {
  if (dir === undefined) return resolve(FILE_NAME)
  const path = resolve(dir)
  const isFile = existsSync(path) ? !statSync(path).isDirectory() : path.endsWith('.db')
  return isFile ? path : join(path, FILE_NAME)
}
