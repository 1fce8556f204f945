import { expect, it } from 'vitest'
import { driverPackages } from '../../db/sqlite/driver.ts'

it.each([
  ['20.19.0', '9', ['better-sqlite3']],
  ['20.20.2', '9', ['better-sqlite3']],
  ['22.13.1', '9', ['better-sqlite3']],
  ['22.23.3', '10', ['better-sqlite3-13', 'better-sqlite3']],
  ['24.21.0', '10', ['better-sqlite3-13']],
])('Node %s with Node-API %s takes %j', (node, napi, packages) => expect(driverPackages({ node, napi })).toEqual(packages))
