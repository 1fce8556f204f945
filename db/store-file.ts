import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const FILE_NAME = 'lossboard.db'

/**
 * File of a location: an existing file, or a path ending in `.db`, is the store itself; anything else is a folder that holds `lossboard.db`.
 * Without a location: LOSSBOARD_DIR, else the working folder.
 */
export function storeFile(location: string | undefined = process.env.LOSSBOARD_DIR || undefined): string {
  if (location === undefined) return resolve(FILE_NAME)
  const path = resolve(location)
  const isFile = existsSync(path) ? !statSync(path).isDirectory() : path.endsWith('.db')
  return isFile ? path : join(path, FILE_NAME)
}
