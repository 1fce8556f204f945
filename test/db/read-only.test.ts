import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite } from '../../db/sqlite/store.ts'
import { newRun, steps } from './contract/make.ts'
import { temporaryFolder } from './temporary-folder.ts'

const CHILD = new URL('open-child.ts', import.meta.url).pathname
/** Permissions do not bind root: then the child runs as nobody. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

let folder: ReturnType<typeof temporaryFolder>
let locked: string

beforeEach(() => {
  folder = temporaryFolder()
  locked = folder.path('locked')
  mkdirSync(locked)
  mkdirSync(folder.path('tmp'))
  chmodSync(folder.path('tmp'), 0o777)
  chmodSync(dirname(locked), 0o755)
})
afterEach(() => {
  chmodSync(locked, 0o755)
  folder.remove()
})

type Outcome = { warnings: string[]; points: number } | { code: string; message: string }

function openAs(path: string, ...modes: string[]): Outcome[] {
  chmodSync(locked, 0o555)
  return JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', CHILD, path, ...modes], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: folder.path('tmp') },
      ...NOBODY,
    }),
  ) as Outcome[]
}

test('a store on a read-only medium is read, with a note; writing says why it cannot', () => {
  const store = openSqlite(`${locked}/store.db`)
  store.createRunSync(newRun('r1')).flush({ points: steps('m', 0, 3000, (step) => step) })
  store.closeSync()
  chmodSync(`${locked}/store.db`, 0o444)
  const [read, write, create] = openAs(`${locked}/store.db`, 'read', 'write', 'create')
  expect(read).toEqual({ warnings: [expect.stringMatching(/may not be written: a copy .* does not show/)], points: 3000 })
  for (const refused of [write, create]) expect(refused).toMatchObject({ code: 'store_not_writable', message: expect.stringContaining('permission') })
})

test('points still in the WAL of a read-only medium are read too', () => {
  const store = openSqlite(folder.path('live.db'))
  const writer = store.createRunSync(newRun('r1'))
  writer.flush({ points: steps('m', 0, 3000, (step) => step) })
  store.checkpoint()
  writer.flush({ points: steps('m', 3000, 3005, (step) => step) })
  for (const suffix of ['', '-wal']) copyFileSync(folder.path(`live.db${suffix}`), `${locked}/store.db${suffix}`)
  store.closeSync()
  const [read] = openAs(`${locked}/store.db`, 'read')
  expect(read).toMatchObject({ points: 3005 })
  expect(readdirSync(folder.path('tmp')).filter((name) => name.startsWith('lossboard-copy-'))).toEqual([])
})

test('a store cannot be made in a folder that may not be written', () => {
  expect(openAs(`${locked}/new.db`, 'create')).toEqual([{ code: 'store_not_writable', message: expect.stringContaining(`${locked}/new.db`) }])
})
