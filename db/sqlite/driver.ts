import { createRequire } from 'node:module'
import type BetterSqlite3 from 'better-sqlite3'
import { LossboardError } from '../../core/errors.ts'

/** Node-API 10 came with Node 22.14. */
const NODE_API = 10
/** The release in which Node's own headers broke version 12: it aborts the process when a statement is collected. */
const BREAKS_12 = 24

/**
 * Which package drives SQLite in this Node. Version 13 speaks Node-API 10 and brings its binaries, but crashes where that is missing (Node 20);
 * version 12 is compiled for one Node, and aborts in Node 24. Both are optional dependencies: npm leaves 13 out where it cannot run.
 */
export function driverPackages(versions: { node: string; napi: string }): string[] {
  const packages = Number(versions.napi) >= NODE_API ? ['better-sqlite3-13'] : []
  return Number.parseInt(versions.node, 10) < BREAKS_12 ? [...packages, 'better-sqlite3'] : packages
}

let loaded: typeof BetterSqlite3 | undefined

/** SQLite's driver, loaded once. Throws `missing_dependency` when no package of it is installed here. */
export function sqliteDriver(): typeof BetterSqlite3 {
  if (loaded) return loaded
  const require = createRequire(import.meta.url)
  const names = driverPackages({ node: process.versions.node, napi: process.versions.napi ?? '0' })
  for (const name of names) {
    try {
      loaded = require(name) as typeof BetterSqlite3
      return loaded
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  const install = names[0] === 'better-sqlite3' ? 'better-sqlite3@12.11.1' : 'better-sqlite3-13@npm:better-sqlite3@13.2.0'
  throw new LossboardError(
    'missing_dependency',
    `SQLite's driver is not installed for Node ${process.version}: run "npm install ${install}" with this Node`,
  )
}
