import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { GENERATED } from '../../scripts/python-schema.ts'
import { PYTHON_SCRIPT, typeScriptClient } from './client-script.ts'
import { HAS_PYTHON, PYTHON_FOLDER, runPython } from './run-python.ts'
import { everything } from './stored-run.ts'

test('the Python client has the SQL of the migrations and the edges of ratio histograms', () => {
  for (const [name, make] of Object.entries(GENERATED)) expect(readFileSync(join(PYTHON_FOLDER, 'lossboard', name), 'utf8')).toBe(make())
})

describe.runIf(HAS_PYTHON)('the same script in Python and in TypeScript', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-python-'))
  const path = join(folder, 'lossboard.db')
  let store: Store
  beforeAll(async () => {
    // Python first: it makes the store.
    runPython(['-c', PYTHON_SCRIPT], { LOSSBOARD_DIR: path, ID: 'python' })
    await typeScriptClient(path, 'typescript')
    store = await openStore(path)
  })
  afterAll(async () => {
    await store?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('stores the same, value by value, before and after the tail is packed', async () => {
    const expected = await everything(store, 'typescript')
    expect(Object.keys(expected.points)).toEqual(['epoch', 'flag', 'lr', 'odd', 'train/loss', 'val/loss'])
    expect(expected.points.odd).toHaveLength(9)
    expect(expected.records).toHaveLength(5)
    expect(await everything(store, 'python')).toEqual(expected)
    expect(await store.compact()).toBe(9_000 + 9 + 10)
    expect(await everything(store, 'python')).toEqual(expected)
  })

  test('makes a file that the store takes for one of its own', async () => {
    const info = await store.info()
    expect(info.runs).toBe(2)
    expect((await store.run('python'))!.environment).toMatchObject({
      python: expect.any(String),
      pid: expect.any(Number),
      writer: expect.stringMatching(/^lossboard-python/),
    })
    expect((await store.run('python'))!.number).toBe(1)
    expect((await store.run('typescript'))!.number).toBe(2)
    expect(await store.markCrashed(Date.now(), 60_000)).toEqual([])
  })
})

test.runIf(HAS_PYTHON)('the unit tests of the Python client pass', { timeout: 240_000 }, () => {
  runPython(['-m', 'unittest', 'tests.test_client', 'tests.test_processes', 'tests.test_server', 'tests.test_watch'])
})
