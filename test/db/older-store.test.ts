import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '../../db/open.ts'
import { latestSchemaVersion } from '../../db/sqlite/migrate.ts'
import { studyDefinition } from './contract/studies.ts'
import { temporaryFolder } from './temporary-folder.ts'

let folder: ReturnType<typeof temporaryFolder>
let path: string

beforeEach(() => {
  folder = temporaryFolder()
  path = folder.path('old.db')
  writeFileSync(path, gunzipSync(readFileSync(new URL('fixtures/schema-1.db.gz', import.meta.url))))
})
afterEach(() => folder.remove())

describe('a store that version 1 of the schema wrote', () => {
  test('is brought up to date when it is opened for writing, and has everything it had', async () => {
    const store = await openStore(path)
    expect((await store.info()).schemaVersion).toBe(latestSchemaVersion())
    const run = await store.findRun('calm-heron-1')
    expect(run).toMatchObject({ id: 'old-run', seed: 3, tags: ['kept'], status: 'finished', config: { lr: 0.1, seed: 3 } })
    expect((await store.series('old-run')).map(({ name, n, last, nonFinite }) => [name, n, last, nonFinite])).toEqual([
      ['train/loss', 1_100, 1 / 1_100, 0],
      ['val/accuracy', 2, 0.75, 1],
    ])
    expect((await store.series('old-fork'))[0]).toMatchObject({ n: 510, last: -1 })
    expect(await store.records({ runId: 'old-run', kind: 'text' })).toMatchObject([{ payload: { text: 'written by version 1' } }])
    expect((await store.changes(0)).removed).toEqual(['old-gone'])
    expect(await store.links('old-run')).toEqual({ to: [], from: [] })
    const { id } = await store.saveStudy(studyDefinition())
    await store.addStudyRuns(id, [{ runId: 'old-run', variant: 'base', seed: 3 }])
    const writer = await store.resumeRun('old-fork', { forkStep: null, startedAt: 1, environment: {} })
    writer.flush({ links: [{ to: 'old-run', role: 'checkpoint', step: 1, hash: null, detail: {} }] })
    expect((await store.links('old-run')).from).toMatchObject([{ run: { id: 'old-fork' } }])
    await store.close()
    const file = new SqliteDatabase(path, { readonly: true })
    expect([file.pragma('integrity_check', { simple: true }), file.pragma('foreign_key_check')]).toEqual(['ok', []])
    file.close()
  })

  test('is left alone by someone who only reads', async () => {
    const before = readFileSync(path)
    await expect(openStore(path, { mode: 'read' })).rejects.toThrow(/older version \(1; .*open it once for writing/)
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})
