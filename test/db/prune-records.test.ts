import { existsSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BlobFiles } from '../../db/sqlite/blob-files.ts'
import { pruneRecords, removeUnused } from '../../db/sqlite/prune-records.ts'
import { openSqlite, type SqliteStore } from '../../db/sqlite/store.ts'
import { immediate } from '../../db/sqlite/transaction.ts'
import type { RunWriter } from '../../db/store.ts'
import { newRun, WALL } from './contract/make.ts'
import { temporaryFolder } from './temporary-folder.ts'

const BYTES = Uint8Array.of(1, 2, 3)
const HASH = BlobFiles.hash(BYTES)

let folder: ReturnType<typeof temporaryFolder>
let path: string
let store: SqliteStore
let writer: RunWriter

beforeEach(() => {
  folder = temporaryFolder()
  path = folder.path('store.db')
  store = openSqlite(path)
  writer = store.createRunSync(newRun('r1'))
  log(writer)
})
afterEach(() => {
  store.closeSync()
  folder.remove()
})

function log(into: RunWriter): void {
  into.flush({ records: [{ name: 'w', kind: 'checkpoint', step: 1, wall: WALL, payload: { pruned: false }, blob: BYTES }] })
}

const file = () => existsSync(`${path}.blobs/${HASH.slice(0, 2)}/${HASH}`)
const prune = { prune: [{ name: 'w', steps: [1] }] }

describe('bytes that are given up', () => {
  test('stay for a record that came between the pruning and the look at what is unused', () => {
    const other = new SqliteDatabase(path)
    const loose = immediate(other, () => pruneRecords(other, 1, prune.prune))
    expect(loose).toEqual([HASH])
    log(store.createRunSync(newRun('r2')))
    expect(removeUnused(other, new BlobFiles(path), loose)).toEqual([])
    expect(file()).toBe(true)
    other.close()
  })

  test('go with the next removal of runs when the process died before it could delete them', async () => {
    const other = new SqliteDatabase(path)
    immediate(other, () => pruneRecords(other, 1, prune.prune))
    other.close()
    expect(file()).toBe(true)
    store.createRunSync(newRun('r2'))
    await store.removeRuns(['r2'])
    expect(file()).toBe(false)
    expect(await store.blob(HASH)).toBeNull()
  })

  test('are written anew when the process died between deleting the file and saying so', async () => {
    new BlobFiles(path).remove(HASH)
    expect(await store.blob(HASH)).toBeNull()
    log(store.createRunSync(newRun('r2')))
    expect((await store.blob(HASH))?.bytes).toEqual(Buffer.from(BYTES))
  })

  test('are tried again at the next flush when the file cannot go just then, and the flush is not undone', async () => {
    const remove = vi.spyOn(BlobFiles.prototype, 'remove').mockImplementationOnce(() => {
      throw new Error('in use')
    })
    try {
      writer.flush({ ...prune, patch: { notes: 'kept' } })
      expect(await store.records({ runId: 'r1' })).toMatchObject([{ payload: { pruned: true }, blobHash: null }])
      expect([(await store.run('r1'))?.notes, file()]).toEqual(['kept', true])
      writer.flush({})
      expect([remove.mock.calls.length, file(), await store.blob(HASH)]).toEqual([2, false, null])
    } finally {
      remove.mockRestore()
    }
  })
})
