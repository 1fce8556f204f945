import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TempFolder, tempFolder } from '../../fixtures/temp-folder.ts'
import { withStore } from './import-folder.ts'
import { importPath, plain, type StoredRun, sourceFixture, storedRuns } from './import-path.ts'

let folder: TempFolder
let runs: Record<string, StoredRun>

beforeAll(async () => {
  folder = tempFolder()
  await importPath('wandb', sourceFixture('wandb'), folder.store)
  runs = await storedRuns(folder.store)
})
afterAll(() => folder[Symbol.asyncDispose]())

const log = (name: string) => {
  const outer = sourceFixture('wandb', name)
  const inner = join(outer, readdirSync(outer)[0]!)
  return join(inner, readdirSync(inner).find((file) => file.endsWith('.wandb'))!)
}

it('takes what a run says of itself: config with its updates, summary, group, tags, notes, seed, status', () => {
  const { run } = runs.baseline!
  expect(run).toMatchObject({
    project: 'spirals',
    group: 'first',
    jobType: 'train',
    tags: ['small', 'cpu'],
    notes: 'two lines\nof notes',
    status: 'finished',
    seed: 7,
    config: { lr: 0.02, optimizer: { name: 'adam', betas: [0.9, 0.999] }, seed: 7, note: null },
    summary: { 'train/loss': 0.05, 'val/loss': { min: 0.1 + 0.2 }, odd: 9007199254740994, 'best/accuracy': 0.75 },
    environment: { writer: 'W&B offline run', host: 'host', source: { kind: 'wandb', identity: 'train001' } },
  })
  expect(runs.broken!.run).toMatchObject({ status: 'failed', statusReason: 'exit code 3' })
})

it('takes every number at its step and time, NaN and the infinities too, nested ones under a dot', () => {
  const { lines, run } = runs.baseline!
  expect(plain(lines['train/loss'])).toEqual(Array.from({ length: 20 }, (_, step) => [step, 1 / (step + 1)]))
  expect(plain(lines['nested.b'])).toEqual(Array.from({ length: 20 }, (_, step) => [step, step * 0.1]))
  expect(plain(lines.odd)).toEqual([
    [21, Number.NaN],
    [22, Number.POSITIVE_INFINITY],
    [23, Number.NEGATIVE_INFINITY],
    [24, 2 ** 53 + 2],
  ])
  expect(plain(lines['val/loss'])).toEqual([[20, 0.1 + 0.2]])
  const [, wall] = lines['train/loss']![0]!
  expect(wall - run.startedAt).toBeGreaterThan(0)
  expect(wall - run.startedAt).toBeLessThan(60_000)
  expect(Object.keys(lines)).toContain('system/memory_percent')
})

it('takes histograms, images, text, alerts, console output and rules of metrics, and says what it leaves out', async () => {
  const { run } = runs.baseline!
  await withStore(folder.store, async (store) => {
    const records = await store.records({ runId: run.id })
    expect(records.map(({ name, kind, step }) => [name, kind, step])).toEqual(
      expect.arrayContaining([
        ['weights', 'histogram', 25],
        ['picture', 'image', 25],
        ['remark', 'text', 25],
        ['finding/loss-is-low', 'finding', expect.any(Number)],
        ['console/stdout', 'console', 0],
      ]),
    )
    expect(records.find(({ kind }) => kind === 'histogram')?.payload).toEqual({
      layout: 'edges',
      edges: [-1, -0.5, 0, 0.5, 1],
      counts: [1, 0, 1, 2],
      nonFinite: 0,
    })
    const image = records.find(({ kind }) => kind === 'image')!
    expect((await store.blob(image.blobHash!))?.bytes.length).toBe((image.payload as { bytes: number }).bytes)
    const console = records.filter(({ kind }) => kind === 'console').map(({ payload }) => (payload as { text: string }).text)
    expect(console.join('')).toBe('training starts\ntraining ends\n')
    expect(await store.rules(run.id)).toEqual([expect.objectContaining({ pattern: 'val/loss', step: 'epoch' })])
  })
  const { source } = run.environment
  expect(source?.notes.map(({ reason }) => reason)).toEqual(['1 artifact: not imported', '1 of type table-file (table): not imported'])
})

it('reads records that go over several blocks', () => {
  expect(plain(Object.values(runs).find(({ run }) => run.environment.source?.files[0]?.name.includes('long'))?.lines.loss)).toEqual(
    [0, 1, 2, 3, 4].map((step) => [step, step]),
  )
})

it('cut at any byte, gives the numbers before and says where it ends; a damaged record is passed over and told', async () => {
  await using temp = tempFolder()
  const bytes = readFileSync(log('failed'))
  const path = join(temp.path, 'run-x.wandb')
  let before = 0
  for (const end of [7, 50, 500, 590, 1000, 1400, bytes.length]) {
    writeFileSync(path, bytes.subarray(0, end))
    const report = await importPath('wandb', path, join(temp.path, `${end}.db`), { dryRun: true })
    expect(report.points).toBeGreaterThanOrEqual(before)
    before = report.points
    if (end === 1000) expect(report.notes.some(({ reason }) => reason.startsWith('the file ends inside a record'))).toBe(true)
  }
  expect(before).toBe(runs.broken!.run.environment.source?.points)
  const damaged = Buffer.from(bytes)
  // In the middle of the first number.
  damaged[damaged.indexOf('loss', damaged.indexOf('loss') + 4)]! ^= 1
  writeFileSync(path, damaged)
  const report = await importPath('wandb', path, join(temp.path, 'damaged.db'), { dryRun: true })
  expect(report.points).toBe(before - 1)
  expect(report.notes).toEqual([expect.objectContaining({ what: 'skipped', reason: 'its checksum is wrong' })])
})

it('of a log that grew adds only what is new, and is the same run again when the folder moved', async () => {
  await using temp = tempFolder()
  const bytes = readFileSync(log('failed'))
  const path = join(temp.path, 'run-x.wandb')
  writeFileSync(path, bytes.subarray(0, 1000))
  const first = await importPath('wandb', path, temp.store)
  expect((await storedRuns(temp.store)).broken!.run).toMatchObject({ status: 'interrupted' })
  const moved = join(temp.path, 'moved.wandb')
  cpSync(log('failed'), moved)
  const second = await importPath('wandb', moved, temp.store)
  expect(second).toMatchObject({ newRuns: 0, grownRuns: 1, added: { points: second.points - first.points } })
  expect(first.points).toBeGreaterThan(0)
  const { broken } = await storedRuns(temp.store)
  expect(broken!.run).toMatchObject({ status: 'failed', statusReason: 'exit code 3' })
  expect(plain(broken!.lines.loss)).toEqual([0, 1, 2, 3, 4].map((step) => [step, step]))
  const third = await importPath('wandb', moved, temp.store)
  expect(third.added).toEqual({ events: 0, points: 0, records: 0, bytes: 0 })
})
