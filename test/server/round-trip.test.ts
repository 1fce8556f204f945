/** What is exported and imported again is what it was: every step, time and value to the last bit. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject } from '../../core/run.ts'
import { eventSeconds } from '../../core/tfevents/write/event-time.ts'
import { openStore } from '../../db/open.ts'
import type { Store } from '../../db/store.ts'
import { exportRuns } from '../../server/export/export-run.ts'
import { exportFormat } from '../../server/export/registry.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { importFolder, withStore } from './importers/import-folder.ts'
import { importPath } from './importers/import-path.ts'
import { newRun } from './temp-store.ts'

interface Point {
  name: string
  step: number
  wall: number
  value: number
}

const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 5e-324, Number.MAX_VALUE, 0.1)
const point: fc.Arbitrary<Point> = fc.record({
  name: fc.constantFrom('train/loss', 'acc', '=odd, "name"', "'-x", 'é/ü 漢'),
  step: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.maxSafeInteger()),
  // From 2005 to 2036, to the fraction of a millisecond.
  wall: fc.oneof(fc.integer({ min: 1.11e12, max: 2.1e12 }), fc.double({ min: 1.11e12, max: 2.1e12, noNaN: true })),
  value: fc.oneof(odd, fc.double()),
})
const attempts = fc.array(fc.array(point, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 })

async function writeRun(store: Store, all: Point[][]): Promise<string> {
  const config = { lr: 0.1, model: { depth: 2 }, seed: 3 }
  const first = await newRun(store, { name: 'a/b "c"', config, tags: ['x'], seed: 3 })
  for (const [index, points] of all.entries()) {
    const writer = index === 0 ? first : await store.resumeRun(first.runId, { forkStep: null, startedAt: 1.7e12, environment: {} })
    const names = [...new Set(points.map(({ name }) => name))]
    const column = (of: (one: Point) => number) => Float64Array.from(points, of)
    writer.flush({
      points: {
        names,
        series: Uint32Array.from(points, ({ name }) => names.indexOf(name)),
        step: column(({ step }) => step),
        wall: column(({ wall }) => wall),
        value: column(({ value }) => value),
      },
      patch: { status: 'finished', endedAt: 1.8e12 },
    })
    writer.close()
  }
  return first.runId
}

const bits = new DataView(new ArrayBuffer(8))
function hex(value: number): string {
  bits.setFloat64(0, value)
  return bits.getBigUint64(0).toString(16)
}

/** Every point in an order that does not depend on how it was stored. */
async function contents(store: Store): Promise<{ shown: string[]; superseded: string[] }> {
  const [run] = (await store.overview({}, [])).runs
  const shown: string[] = []
  const superseded: string[] = []
  for (const { name } of await store.series(run!.id))
    for await (const { step, wall, value, superseded: marks } of store.points(run!.id, name, { all: true }))
      for (const [i, at] of step.entries()) (marks?.[i] ? superseded : shown).push([name, at, hex(wall[i]! + 0), hex(value[i]!)].join(' '))
  return { shown: shown.sort(), superseded: superseded.sort() }
}

it.each(['csv', 'jsonl', 'tfevents'] as const)('%s keeps every number, its step and time, and what was superseded', async (format) => {
  await fc.assert(
    fc.asyncProperty(attempts, async (all) => {
      await using folder = tempFolder()
      const original = await openStore(folder.store, { mode: 'create' })
      const id = await writeRun(original, all)
      const before = await contents(original)
      const run = (await original.run(id))!
      const file = join(folder.path, 'out', exportFormat(format).fileName('x', run))
      mkdirSync(dirname(file))
      const pieces: Uint8Array[] = []
      for await (const piece of exportRuns(original, [run], { format, all: true }))
        pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece)
      writeFileSync(file, Buffer.concat(pieces))
      await original.close()
      const copy = join(folder.path, 'copy.db')
      // Event files in this thread: starting one for each would be most of the time.
      const imported = () => (format === 'tfevents' ? importFolder(dirname(file), copy) : importPath(format, dirname(file), copy))
      const report = await imported()
      expect(report.notes).toEqual([])
      await withStore(copy, async (store) => {
        expect(await contents(store)).toEqual(before)
        const [back] = (await store.overview({}, [])).runs
        if (format !== 'tfevents') expect([back!.id, back!.name]).toEqual([run.id, run.name])
        if (format === 'jsonl')
          expect(back).toMatchObject({ config: run.config, tags: run.tags, project: run.project, status: run.status, seed: run.seed })
        if (format === 'tfevents') expect(back).toMatchObject({ config: { lr: 0.1, 'model.depth': 2, seed: 3 }, status: 'finished' })
      })
      expect((await imported()).added.points).toBe(0)
    }),
    { numRuns: 10 },
  )
})

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')

async function recordsOf(storeFile: string) {
  return withStore(storeFile, async (store) => {
    const [run] = (await store.overview({}, [])).runs
    const records = await store.records({ runId: run!.id })
    const blobs = await Promise.all(records.map(({ blobHash }) => (blobHash === null ? null : store.blob(blobHash))))
    return records.map(({ name, kind, step, wall, payload }, i) => ({
      name,
      kind,
      step,
      wall,
      payload,
      bytes: blobs[i] ? Buffer.from(blobs[i].bytes).toString('hex') : null,
    }))
  })
}

it.each(['jsonl', 'tfevents'] as const)('%s keeps histograms, images and text; what it cannot keep is said', async (format) => {
  await using folder = tempFolder()
  const original = await openStore(folder.store, { mode: 'create' })
  const writer = await newRun(original, { name: 'records', startedAt: 1_700_000_000_000 })
  const hash = createHash('sha256').update(PNG).digest('hex')
  const at = (name: string, kind: string, payload: object, blob?: Buffer) => ({
    name,
    kind,
    step: 3,
    wall: 1_700_000_000_123,
    payload: payload as JsonObject,
    ...(blob && { blob, blobType: 'image/png' }),
  })
  writer.flush({
    records: [
      at('weights', 'histogram', { layout: 'edges', edges: [-1, 0.1, 7], counts: [3, 0], nonFinite: 0 }),
      at('picture', 'image', { width: 1, height: 1, type: 'image/png', caption: null, hash, bytes: PNG.length }, PNG),
      at('note', 'text', { text: '# two\nlines', format: 'markdown' }),
      at('data', 'facts', { data: { rows: 3 } }),
    ],
    patch: { status: 'failed', endedAt: 1_700_000_001_000 },
  })
  writer.close()
  const told: string[] = []
  const write = async (name: string, options: { blobs: boolean }) => {
    const file = join(folder.path, name, exportFormat(format).fileName('x', await original.findRun('records')))
    mkdirSync(dirname(file))
    const pieces: Uint8Array[] = []
    const runs = [await original.findRun('records')]
    for await (const piece of exportRuns(original, runs, { format, ...options, onTell: (_, what) => told.push(what) }))
      pieces.push(Buffer.from(piece))
    writeFileSync(file, Buffer.concat(pieces))
    const copy = join(folder.path, `${name}.db`)
    return { copy, report: format === 'tfevents' ? await importFolder(dirname(file), copy) : await importPath(format, dirname(file), copy) }
  }
  const whole = await write('whole', { blobs: true })
  const before = await recordsOf(folder.store)
  expect(whole.report.notes).toEqual([])
  expect(await recordsOf(whole.copy)).toEqual(format === 'jsonl' ? before : before.slice(0, 3))
  expect(told).toEqual(format === 'jsonl' ? [] : ['1 facts record is not in a TensorBoard event file, which knows none'])
  expect(before[1]!.bytes).toBe(PNG.toString('hex'))
  if (format === 'jsonl') {
    const bare = await write('bare', { blobs: false })
    expect(bare.report.notes.map(({ reason }) => reason)).toEqual([
      'the bytes of 1 image record are not in the file (lossboard export --blobs writes them)',
    ])
    expect(await recordsOf(bare.copy)).toHaveLength(3)
  }
  await original.close()
})

it('times come back from seconds exactly, from the end of 2004 on', () => {
  fc.assert(
    fc.property(fc.double({ min: 1.1e12, max: 2.147e12, noNaN: true }), (ms) => {
      expect(eventSeconds(ms) * 1000).toBe(ms)
    }),
    { numRuns: 5_000 },
  )
})
