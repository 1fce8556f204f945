import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { GENERATED } from '../../scripts/python-schema.ts'
import { PYTHON_SCRIPT, typeScriptClient } from './client-script.ts'
import { HAS_PYTHON, PYTHON_FOLDER, runPython } from './run-python.ts'

test('the Python client has the SQL of the migrations and the edges of ratio histograms', () => {
  for (const [name, make] of Object.entries(GENERATED)) expect(readFileSync(join(PYTHON_FOLDER, 'lossboard', name), 'utf8')).toBe(make())
})

/** Every stored point of a series, superseded ones too, as the bits of its value; without times. */
async function pointsOf(store: Store, id: string, name: string) {
  const rows: unknown[] = []
  for await (const { step, value, superseded } of store.points(id, name, { all: true }))
    for (let i = 0; i < step.length; i++) rows.push([step[i], Buffer.from(Float64Array.of(value[i]!).buffer).toString('hex'), superseded?.[i] ?? 0])
  return rows
}

async function everything(store: Store, id: string) {
  const run = (await store.run(id))!
  const { project, name, group, jobType, tags, notes, status, statusReason, config, summary, seed, attempt, droppedPoints, parentId } = run
  const series = await store.series(id)
  const points = Object.fromEntries(await Promise.all(series.map(async ({ name }) => [name, await pointsOf(store, id, name)])))
  const records = await store.records({ runId: id })
  return {
    run: { project, name, group, jobType, tags, notes, status, statusReason, config, summary, seed, attempt, droppedPoints, parentId },
    // Sums are added up batch by batch, and the batches differ: the last digits of a mean do too.
    series: series.map(({ lastWall: _, mean, ...rest }) => ({ ...rest, mean: Number.isFinite(mean) ? Number(mean.toPrecision(12)) : mean })),
    points,
    rules: await store.rules(id),
    records: records.map(({ name, kind, step, payload, blobHash }) => ({ name, kind, step, payload, blobHash })),
  }
}

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
