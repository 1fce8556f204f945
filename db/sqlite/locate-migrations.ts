import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LossboardError } from '../../core/errors.ts'

declare const __dirname: string | undefined

/** Folder of this module: from source, from an ES bundle, or from a CommonJS bundle (which has no import.meta.url). */
function here(): string {
  if (import.meta.url) return dirname(fileURLToPath(import.meta.url))
  return typeof __dirname === 'string' ? __dirname : process.cwd()
}

/**
 * Absolute path of the folder with the migrations. A bundle puts it beside itself or one folder up;
 * `override` or LOSSBOARD_MIGRATIONS names it for layouts this does not foresee.
 */
export function locateMigrations(override = process.env.LOSSBOARD_MIGRATIONS): string {
  const near = here()
  const candidates = override
    ? [resolve(override)]
    : ['migrations', '../migrations', '../../migrations', '../db/sqlite/migrations'].map((path) => join(near, path))
  const found = candidates.find((folder) => existsSync(join(folder, 'meta', '_journal.json')))
  if (!found)
    throw new LossboardError(
      'missing_dependency',
      `the database migrations are not at ${candidates[0]}: the installation is incomplete, install it again`,
    )
  return found
}
