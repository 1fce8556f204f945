import { readFileSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { expect, test } from 'vitest'
import { APPLICATION_ID, latestSchemaVersion } from '../../db/sqlite/migrate.ts'
import { openSqlite } from '../../db/sqlite/store.ts'
import { batch, newRun } from './contract/make.ts'
import { temporaryFolder } from './temporary-folder.ts'

const page = readFileSync(new URL('../../docs/format.md', import.meta.url), 'utf8')

/** Tables and columns as the page lists them. */
function documented(): Record<string, string[]> {
  const sections = page.split(/^## /m).slice(1)
  return Object.fromEntries(
    sections.flatMap((section) => {
      const name = /^`(\w+)`/.exec(section)?.[1]
      return name ? [[name, [...section.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]!)]] : []
    }),
  )
}

test('docs/format.md describes every table, view and column, and no others', () => {
  const folder = temporaryFolder()
  openSqlite(folder.path('store.db')).closeSync()
  const db = new SqliteDatabase(folder.path('store.db'), { readonly: true })
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite%'").pluck().all() as string[]
  const actual = Object.fromEntries(
    names.map((name) => [name, (db.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name)]),
  )
  db.close()
  folder.remove()
  expect(documented()).toEqual(actual)
})

test('the numbers on the page are those of the file', () => {
  const folder = temporaryFolder()
  openSqlite(folder.path('store.db')).closeSync()
  const db = new SqliteDatabase(folder.path('store.db'), { readonly: true })
  const pragma = (name: string) => db.pragma(name, { simple: true })
  expect(page).toContain(`0x${APPLICATION_ID.toString(16).toUpperCase()}`)
  expect([pragma('application_id'), pragma('user_version'), pragma('page_size'), pragma('auto_vacuum'), pragma('journal_mode')]).toEqual([
    APPLICATION_ID,
    latestSchemaVersion(),
    2048,
    2,
    'wal',
  ])
  expect(db.prepare('SELECT min(exponent), max(exponent), count(*) FROM pow2').raw().get()).toEqual([-1074, 1023, 2098])
  expect(db.prepare('SELECT value FROM pow2 WHERE exponent IN (-1074, 0, 1023) ORDER BY exponent').pluck().all()).toEqual([5e-324, 1, 2 ** 1023])
  db.close()
  folder.remove()
})

test('a program that follows "Writing without Lossboard" is read and packed', async () => {
  const folder = temporaryFolder()
  const store = openSqlite(folder.path('store.db'))
  const writer = store.createRunSync(newRun('r1'))
  writer.flush({ points: batch([['a', 0, 1]]) })
  const plain = new SqliteDatabase(folder.path('store.db'))
  plain.exec(`BEGIN IMMEDIATE;
    UPDATE meta SET rev = rev + 1;
    UPDATE runs SET rev = (SELECT rev FROM meta), heartbeat_at = 1e12 WHERE id = 'r1';
    INSERT INTO series (run_key, name, attempt, n, non_finite, ordered, wall_ordered, first_step, last_step, first_wall, last_wall, last_value, min, max, sum, min_step, max_step, rev)
      SELECT key, 'plain', 1, 3, 1, 1, 1, 5, 7, 1e12, 1e12 + 2, 4.5, 2, 4.5, 6.5, 5, 7, rev FROM runs WHERE id = 'r1';
    INSERT INTO tail (run_key, attempt, seq, series_id, step, wall, value)
      SELECT run_key, 1, base + x.i, series.id, 5 + x.i, 1e12 + x.i, x.value
      FROM series, (SELECT sum(n) - 3 AS base FROM series), (SELECT 0 AS i, 2.0 AS value UNION ALL SELECT 1, NULL UNION ALL SELECT 2, 4.5) AS x WHERE name = 'plain';
    UPDATE runs SET status = 'finished' WHERE id = 'r1';
    COMMIT`)
  plain.close()
  const read = async () => {
    const parts = []
    for await (const part of store.points('r1', 'plain')) parts.push([[...part.step], [...part.value]])
    return parts
  }
  const expected = [
    [
      [5, 6, 7],
      [2, Number.NaN, 4.5],
    ],
  ]
  expect(await read()).toEqual(expected)
  expect((await store.series('r1')).find((series) => series.name === 'plain')).toMatchObject({ n: 3, nonFinite: 1, last: 4.5, mean: 3.25 })
  expect(await store.compact()).toBe(4)
  expect(await read()).toEqual(expected)
  store.closeSync()
  folder.remove()
})
