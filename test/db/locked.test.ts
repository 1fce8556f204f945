import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SqliteStore } from '../../db/sqlite/store.ts'
import { openSqlite } from '../../db/sqlite/store.ts'
import { allPoints, newRun, steps } from './contract/make.ts'
import { temporaryFolder } from './temporary-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: SqliteStore
let other: SqliteDatabase.Database

beforeEach(() => {
  folder = temporaryFolder()
  store = openSqlite(folder.path('store.db'))
  other = new SqliteDatabase(folder.path('store.db'))
})
afterEach(() => {
  other.close()
  store.closeSync()
  folder.remove()
})

test('while another process holds the lock a flush is refused, and the same batch goes in afterwards, once', async () => {
  const writer = store.createRunSync(newRun('r1'))
  writer.flush({ points: steps('m', 0, 10, (step) => step) })
  for (const size of [5, 3000]) {
    const from = (await allPoints(store, 'r1', 'm')).length
    const points = steps('m', from, from + size, (step) => step)
    other.exec('BEGIN IMMEDIATE')
    for (let i = 0; i < 3; i++) expect(() => writer.flush({ points }, { timeoutMs: 1 })).toThrow(expect.objectContaining({ code: 'store_busy' }))
    expect((await allPoints(store, 'r1', 'm')).length).toBe(from)
    other.exec('COMMIT')
    writer.flush({ points }, { timeoutMs: 1 })
    expect((await allPoints(store, 'r1', 'm')).map(([step]) => step)).toEqual([...Array(from + size).keys()])
  }
})

test('a reader that stays in the middle of a read neither waits nor hinders', async () => {
  const writer = store.createRunSync(newRun('r1'))
  other.exec('BEGIN')
  other.prepare('SELECT * FROM runs').all()
  writer.flush({ points: steps('m', 0, 5000, (step) => step) }, { timeoutMs: 1 })
  expect((await store.series('r1'))[0]?.n).toBe(5000)
  expect(other.prepare('SELECT count(*) FROM spans').pluck().get()).toBe(0)
  other.exec('COMMIT')
  expect(other.prepare('SELECT count(*) FROM spans WHERE level = 0').pluck().get()).toBe(5)
})

test('a failure in the middle of a flush leaves nothing of it, in the file or in memory', async () => {
  const writer = store.createRunSync(newRun('r1'))
  writer.flush({ points: steps('m', 0, 1500, (step) => step) })
  other.exec("CREATE TRIGGER refuse BEFORE INSERT ON records BEGIN SELECT RAISE(ABORT, 'no') ; END")
  const batch = { points: steps('m', 1500, 4000, (step) => step), records: [{ name: 'a', kind: 'text', step: 0, wall: 0, payload: null }] }
  expect(() => writer.flush(batch)).toThrow('no')
  expect((await store.series('r1'))[0]?.n).toBe(1500)
  other.exec('DROP TRIGGER refuse')
  writer.flush(batch)
  expect((await allPoints(store, 'r1', 'm')).map(([step]) => step)).toEqual([...Array(4000).keys()])
})
