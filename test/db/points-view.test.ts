import { execFileSync, spawnSync } from 'node:child_process'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite } from '../../db/sqlite/store.ts'
import type { Row } from './contract/make.ts'
import { batch, newRun, WALL } from './contract/make.ts'
import { temporaryFolder } from './temporary-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let path: string

beforeEach(() => {
  folder = temporaryFolder()
  path = folder.path('store.db')
})
afterEach(() => folder.remove())

const EDGES = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  0,
  5e-324,
  -5e-324,
  2.2250738585072014e-308,
  2 ** -149,
  2 ** -126,
  1.5,
  -0.1,
]
EDGES.push(Math.fround(0.1), 3.4028234663852886e38, Number.MAX_VALUE, -Number.MAX_VALUE, Math.PI, 1e22)

/** One series for every way a column can be packed, and points left in the tail. */
function rows(): Row[] {
  const list: Row[] = []
  EDGES.forEach((value, i) => {
    list.push(['f64', i, value, WALL + i / 3])
    if (Object.is(Math.fround(value), value)) list.push(['f32', i * 5, value, WALL + i])
    list.push(['late', i * i, i, WALL + i * 70_000])
    list.push(['far', i % 2 === 0 ? i : 2 ** 45 + i, i, WALL - i])
    list.push(['fraction', i + 0.25, i, WALL])
  })
  for (let i = 0; i < 1500; i++) list.push(['long', i * 2, Math.sin(i), WALL + i])
  return list
}

function writeAll(): Row[] {
  const logged = rows()
  const store = openSqlite(path)
  const writer = store.createRunSync(newRun('r1', { name: 'first' }))
  writer.flush({ points: batch(logged) })
  writer.compact()
  const more = EDGES.map((value, i): Row => ['f64', 100 + i, value, WALL + i])
  writer.flush({ points: batch(more) })
  store.closeSync()
  return [...logged, ...more]
}

test('the view gives every point bit for bit, in the order logged', () => {
  const logged = writeAll()
  const db = new SqliteDatabase(path, { readonly: true })
  const found = db.prepare('SELECT name, step, value, wall FROM points ORDER BY name, seq').raw().all() as [string, number, number | null, number][]
  const expected = logged.toSorted((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))
  expect(found.length).toBe(expected.length)
  found.forEach(([name, step, value, wall], i) => {
    const [expectedName, expectedStep, expectedValue, expectedWall] = expected[i]!
    expect([name, step, wall]).toEqual([expectedName, expectedStep, expectedWall])
    // NULL is SQL's word for what is not a number.
    expect(Object.is(value ?? Number.NaN, expectedValue)).toBe(true)
  })
  expect(db.prepare('SELECT DISTINCT run_id, run, project, attempt FROM points').all()).toEqual([
    { run_id: 'r1', run: 'first', project: 'mnist', attempt: 1 },
  ])
  db.close()
})

test.skipIf(spawnSync('sqlite3', ['--version']).error !== undefined)('the stock sqlite3 shell reads the same points', () => {
  const logged = writeAll()
  const expected = new SqliteDatabase(folder.path('expected.db'))
  expected.exec('CREATE TABLE expected (name TEXT, step NUMERIC, value REAL, wall REAL); CREATE INDEX place ON expected (name, step)')
  const insert = expected.prepare('INSERT INTO expected VALUES (?, ?, ?, ?)')
  for (const row of logged) insert.run(...row)
  expected.close()
  const shell = (sql: string) =>
    execFileSync('sqlite3', ['-readonly', path, `ATTACH '${folder.path('expected.db')}' AS e`, sql], { encoding: 'utf8' }).trim()
  expect(shell('SELECT count(*) FROM points')).toBe(String(logged.length))
  // IS compares the stored doubles themselves, and NULL with NULL.
  expect(
    shell('SELECT count(*) FROM points p JOIN expected x ON x.name = p.name AND x.step = p.step AND x.value IS p.value AND x.wall = p.wall'),
  ).toBe(String(logged.length))
  expect(shell("SELECT run, step, value FROM points WHERE name = 'long' AND step = 4")).toBe(`first|4|${Math.sin(2).toFixed(15)}`)
})
