import SqliteDatabase from 'better-sqlite3'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import * as findingSchema from '../../db/sqlite/finding-schema.ts'
import * as schema from '../../db/sqlite/schema.ts'
import { openSqlite } from '../../db/sqlite/store.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('the migrations make the tables, columns and indexes of the schema', () => {
  const folder = temporaryFolder()
  openSqlite(folder.path('store.db')).closeSync()
  const db = new SqliteDatabase(folder.path('store.db'), { readonly: true })
  for (const table of Object.values({ ...schema, ...findingSchema })) {
    const config = getTableConfig(table)
    const made = db.pragma(`table_info(${config.name})`) as { name: string; type: string; notnull: number; pk: number }[]
    const keyed = new Set(
      [...config.columns.filter((column) => column.primary), ...config.primaryKeys.flatMap((key) => key.columns)].map((column) => column.name),
    )
    expect(made.map(({ name, type, notnull, pk }) => [name, type.toLowerCase(), notnull === 1 || pk > 0, pk > 0])).toEqual(
      config.columns.map((column) => [column.name, column.getSQLType(), column.notNull || keyed.has(column.name), keyed.has(column.name)]),
    )
    const indexes = (db.pragma(`index_list(${config.name})`) as { name: string }[]).map((index) => index.name)
    for (const index of config.indexes) expect(indexes).toContain(index.config.name)
  }
  db.close()
  folder.remove()
})
