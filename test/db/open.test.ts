import { copyFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../db/open.ts'
import { latestSchemaVersion } from '../../db/sqlite/migrate.ts'
import { networkFileSystem } from '../../db/sqlite/network-file-system.ts'
import { openSqlite } from '../../db/sqlite/store.ts'
import { storeFile } from '../../db/store-file.ts'
import { newRun, steps } from './contract/make.ts'
import { temporaryFolder } from './temporary-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let path: string

beforeEach(() => {
  folder = temporaryFolder()
  path = folder.path('store.db')
})
afterEach(() => folder.remove())

function writeStore(file = path, points = 20_000): void {
  const store = openSqlite(file)
  const writer = store.createRunSync(newRun('r1'))
  writer.flush({ points: steps('m', 0, points, (step) => step / 7) })
  writer.close()
  store.closeSync()
}

/** Opening fails with this code and leaves every byte as it was. */
async function expectRefused(code: string, message: RegExp, modes: ('read' | 'write' | 'create')[] = ['read', 'write', 'create']): Promise<void> {
  const before = readFileSync(path)
  for (const mode of modes) {
    const error = await openStore(path, { mode }).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ name: 'LossboardError', code })
    expect((error as Error).message).toMatch(message)
    expect((error as Error).message).toContain(path)
    expect(readFileSync(path).equals(before)).toBe(true)
  }
}

describe('a store that another process is about to make', () => {
  test("is made by whoever comes first: a file with no table yet is nobody else's", async () => {
    const other = new SqliteDatabase(path)
    other.pragma('journal_mode = WAL')
    other.close()
    expect(readFileSync(path).length).toBeGreaterThan(0)
    const store = await openStore(path, { mode: 'create' })
    expect(await store.info()).toMatchObject({ runs: 0, readOnly: false })
    await store.close()
  })

  test('is not made by someone who only reads', async () => {
    const other = new SqliteDatabase(path)
    other.pragma('journal_mode = WAL')
    other.close()
    await expect(openStore(path, { mode: 'read' })).rejects.toMatchObject({ code: 'not_a_store' })
    await expect(openStore(path, { mode: 'write' })).rejects.toMatchObject({ code: 'not_a_store' })
  })
})

describe('where a store lies', () => {
  test('a path ending in .db is the file, a folder holds lossboard.db', () => {
    mkdirSync(folder.path('runs'))
    mkdirSync(folder.path('odd.db'))
    writeFileSync(folder.path('plain'), '')
    expect(storeFile(path)).toBe(path)
    expect(storeFile(folder.path('runs'))).toBe(folder.path('runs/lossboard.db'))
    expect(storeFile(folder.path('new'))).toBe(folder.path('new/lossboard.db'))
    expect(storeFile(folder.path('odd.db'))).toBe(folder.path('odd.db/lossboard.db'))
    expect(storeFile(folder.path('plain'))).toBe(folder.path('plain'))
  })

  test('create makes the file and the folders above it; read and write say that nothing is there', async () => {
    const deep = folder.path('a/b/c.db')
    for (const mode of ['read', 'write'] as const) await expect(openStore(deep, { mode })).rejects.toMatchObject({ code: 'not_found' })
    expect(existsSync(folder.path('a'))).toBe(false)
    await (await openStore(deep, { mode: 'create' })).close()
    expect(existsSync(deep)).toBe(true)
  })

  test('an address is no path', async () => {
    await expect(openStore('postgres://host/db')).rejects.toMatchObject({ code: 'invalid_argument' })
  })

  test('a path through a file cannot be made', async () => {
    writeFileSync(folder.path('file'), '')
    await expect(openStore(folder.path('file/x.db'), { mode: 'create' })).rejects.toMatchObject({ code: 'store_not_writable' })
  })
})

test.runIf(process.platform === 'linux')('a folder that can never be made is refused at once', async () => {
  await expect(openStore('/proc/no/such', { mode: 'create' })).rejects.toMatchObject({ code: 'store_not_writable' })
})

describe('a file that is not a store is refused and left as it is', () => {
  test('text', async () => {
    writeFileSync(path, 'loss,step\n1,2\n'.repeat(100))
    await expectRefused('not_a_store', /no SQLite file/)
  })

  test('a few bytes', async () => {
    writeFileSync(path, 'x')
    await expectRefused('not_a_store', /no SQLite file/)
  })

  test('an empty file, unless a store may be made of it', async () => {
    writeFileSync(path, '')
    await expectRefused('not_a_store', /is empty: log a run first/, ['read', 'write'])
    await (await openStore(path, { mode: 'create' })).close()
  })

  test('another program’s SQLite file, with its changes still in the WAL or not', async () => {
    const other = new SqliteDatabase(path)
    other.exec('CREATE TABLE runs (id TEXT); INSERT INTO runs VALUES (1)')
    await expectRefused('not_a_store', /not a Lossboard store/)
    other.pragma('journal_mode = WAL')
    other.exec('INSERT INTO runs VALUES (2)')
    await expectRefused('not_a_store', /not a Lossboard store/)
    expect(other.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(2)
    other.close()
  })

  test('a store of a newer version, with the version in the file or still in the WAL', async () => {
    writeStore()
    const newer = new SqliteDatabase(path)
    newer.pragma('user_version = 99')
    await expectRefused('store_newer', /newer Lossboard \(file version 99, .*npm install/)
    newer.pragma('wal_checkpoint(TRUNCATE)')
    newer.close()
    await expectRefused('store_newer', /newer Lossboard/)
  })

  test('a store that is cut short', async () => {
    writeStore()
    truncateSync(path, 40_000)
    await expectRefused('store_corrupt', /cut short: 40000 of \d+ bytes.*from a backup/)
  })

  test('a store whose first pages are overwritten', async () => {
    writeStore()
    const bytes = readFileSync(path)
    bytes.fill(0xff, 100, 2048)
    writeFileSync(path, bytes)
    await expectRefused('store_corrupt', /damaged .*nothing was overwritten/)
  })
})

test('damage inside is told when it is met, and nothing is written over it', async () => {
  writeStore(path, 200_000)
  const bytes = readFileSync(path)
  bytes.fill(0xff, bytes.length / 2)
  writeFileSync(path, bytes)
  const store = openSqlite(path, { mode: 'write' })
  await expect(
    store.chart([{ runId: 'r1', name: 'm', x: { kind: 'step' }, range: null, width: 500, smoothing: { kind: 'none' }, abandoned: false }]),
  ).rejects.toMatchObject({
    code: 'store_corrupt',
  })
  store.closeSync()
  expect(readFileSync(path).equals(bytes)).toBe(true)
})

describe('reading only', () => {
  test('reads everything, and every change is refused', async () => {
    writeStore()
    const store = await openStore(path, { mode: 'read' })
    expect((await store.info()).readOnly).toBe(true)
    expect((await store.series('r1'))[0]?.n).toBe(20_000)
    const refused = { code: 'store_not_writable' }
    await expect(store.createRun(newRun('r2'))).rejects.toMatchObject(refused)
    await expect(store.updateRun('r1', { notes: 'x' })).rejects.toMatchObject(refused)
    await expect(store.removeRuns(['r1'])).rejects.toMatchObject(refused)
    await expect(store.markCrashed(0, 0)).rejects.toMatchObject(refused)
    await expect(store.compact()).rejects.toMatchObject(refused)
    await store.close()
  })

  test('follows a writer in another connection', async () => {
    const writing = openSqlite(path)
    const writer = writing.createRunSync(newRun('r1'))
    const reading = await openStore(path, { mode: 'read' })
    writer.flush({ points: steps('m', 0, 5, (step) => step) })
    expect(reading.changed()).toBe(true)
    expect((await reading.series('r1'))[0]?.n).toBe(5)
    await reading.close()
    writing.closeSync()
  })
})

describe('schema versions', () => {
  /** A folder of migrations with one more than the program's. */
  function moreMigrations(sql: string): string {
    const from = new URL('../../db/sqlite/migrations/', import.meta.url).pathname
    const to = folder.path('migrations')
    mkdirSync(`${to}/meta`, { recursive: true })
    const journal = JSON.parse(readFileSync(`${from}meta/_journal.json`, 'utf8')) as {
      entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[]
    }
    for (const { tag } of journal.entries) copyFileSync(`${from}${tag}.sql`, `${to}/${tag}.sql`)
    const last = journal.entries.at(-1)!
    journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: 'more' })
    writeFileSync(`${to}/more.sql`, sql)
    writeFileSync(`${to}/meta/_journal.json`, JSON.stringify(journal))
    return to
  }

  test('an older file is brought up to date, and then too new for the older program', async () => {
    writeStore()
    const store = openSqlite(path, { mode: 'write', migrations: moreMigrations('CREATE TABLE extra (x INTEGER);') })
    expect((await store.info()).schemaVersion).toBe(latestSchemaVersion() + 1)
    expect((await store.series('r1'))[0]?.n).toBe(20_000)
    store.closeSync()
    expect(existsSync(`${path}.v${latestSchemaVersion()}.backup`)).toBe(false)
    await expect(openStore(path)).rejects.toMatchObject({ code: 'store_newer' })
  })

  test('a copy is kept before data is rewritten', async () => {
    writeStore()
    openSqlite(path, { mode: 'write', migrations: moreMigrations("-- rewrites data\nUPDATE runs SET notes = 'changed';") }).closeSync()
    const copy = openSqlite(`${path}.v${latestSchemaVersion()}.backup`, { mode: 'write' })
    expect((await copy.run('r1'))?.notes).toBe('')
    expect((await copy.series('r1'))[0]?.n).toBe(20_000)
    copy.closeSync()
  })

  test('a migration that fails changes nothing', async () => {
    writeStore()
    const migrations = moreMigrations('CREATE TABLE extra (x INTEGER);\n--> statement-breakpoint\nCREATE TABLE runs (x INTEGER);')
    expect(() => openSqlite(path, { mode: 'write', migrations })).toThrow(/runs/)
    const store = openSqlite(path, { mode: 'write' })
    expect((await store.info()).schemaVersion).toBe(latestSchemaVersion())
    store.closeSync()
  })

  test('an older file opened only to read says what it needs', async () => {
    writeStore()
    expect(() => openSqlite(path, { mode: 'read', migrations: moreMigrations('CREATE TABLE extra (x INTEGER);') })).toThrow(
      /older version .*open it once for writing/,
    )
  })
})

test('network file systems are told apart by their type', () => {
  const warned = (type: number) => networkFileSystem('/', () => type)
  expect(warned(0x6969)).toBe('NFS')
  expect(warned(0xff534d42)).toBe('CIFS')
  expect(warned(-11_317_950)).toBe('CIFS')
  expect(warned(0xef53)).toBeNull()
  expect(
    networkFileSystem('/', () => {
      throw new Error('statfs fails')
    }),
  ).toBeNull()
})
