/** The rows of the table of measured behaviours: what TensorBoard's two readers do with such files, and what ours must do. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EventFileWriter } from '../../../bench/event-file.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { frame, recordOffsets } from './frames.ts'
import { EVENTS, fixture, importFolder, line, stored, withStore } from './import-folder.ts'

const TEN = readFileSync(fixture('oracle/ten', EVENTS))
const OFFSETS = recordOffsets(TEN)
/** Offset of the record of step 5, after the version and five others. */
const SIXTH = OFFSETS[6]!

async function imported(folder: string) {
  const temp = tempFolder()
  const report = await importFolder(folder, temp.store)
  return { report, file: temp.store, [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose]() }
}

async function importedBytes(bytes: Uint8Array) {
  const temp = tempFolder()
  const path = join(temp.path, 'logs/run', EVENTS)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  const report = await importFolder(join(temp.path, 'logs'), temp.store)
  return { report, file: temp.store, [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose]() }
}

const changed = (change: (bytes: Buffer) => void) => {
  const bytes = Buffer.from(TEN)
  change(bytes)
  return bytes
}

describe('event files', () => {
  it('with repeated steps keep all 210 points and show the 200 newest', async () => {
    await using made = await imported(fixture('oracle/repeated-steps'))
    await withStore(made.file, async (store) => {
      const shown = await line(store, '.', 'loss')
      expect(shown.map(([step]) => step)).toEqual(Array.from({ length: 200 }, (_, step) => step))
      expect(shown[95]).toEqual([95, 105])
      expect(await stored(store, '.', 'loss')).toBe(210)
    })
    expect(made.report).toMatchObject({ points: 210, superseded: 10 })
  })

  it('of two trainings in one folder show the later one from where it began, and keep the earlier', async () => {
    await using made = await imported(fixture('oracle/two-files'))
    await withStore(made.file, async (store) => {
      expect(await line(store, '.', 'a')).toEqual(Array.from({ length: 12 }, (_, step) => [step, step < 5 ? step : 100 + step]))
      expect(await stored(store, '.', 'a')).toBe(17)
      expect(await store.attempts((await store.findRun('.')).id)).toHaveLength(2)
    })
    expect(made.report.restarts).toMatchObject([{ step: 5, by: 'file' }])
  })

  it('with a second SessionLog start take back every tag from its step on, and say so', async () => {
    await using made = await imported(fixture('oracle/session-start'))
    await withStore(made.file, async (store) => {
      expect(await line(store, '.', 'a')).toHaveLength(12)
      expect((await line(store, '.', 'b')).map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 5])
      expect(await stored(store, '.', 'b')).toBe(10)
    })
    expect(made.report.restarts).toMatchObject([{ step: 6, by: 'start' }])
    expect(made.report.superseded).toBe(8)
  })

  it('without a version take back only the tags of a step that goes back', async () => {
    await using made = await imported(fixture('oracle/old-version'))
    await withStore(made.file, async (store) => {
      expect(await line(store, '.', 'a')).toHaveLength(12)
      expect(await line(store, '.', 'b')).toHaveLength(10)
    })
    expect(made.report.restarts).toMatchObject([{ step: 6, by: 'order' }])
  })

  it('whose last record is cut off give all before it, and say that the end is incomplete', async () => {
    await using made = await importedBytes(TEN.subarray(0, TEN.length - 3))
    expect(made.report).toMatchObject({ points: 9, noteCount: 0, incomplete: [{ run: 'run', file: EVENTS, offset: OFFSETS[10] }] })
    await using whole = await importedBytes(Buffer.concat([TEN, TEN.subarray(OFFSETS[1]!, OFFSETS[2]! - 1)]))
    expect(whole.report).toMatchObject({ points: 10, incomplete: [{ bytes: OFFSETS[2]! - OFFSETS[1]! - 1 }] })
  })

  it('with a wrong checksum of the 6th payload leave that record out and name its offset', async () => {
    await using made = await importedBytes(changed((bytes) => bytes.writeUInt8(bytes.readUInt8(OFFSETS[7]! - 5) ^ 1, OFFSETS[7]! - 5)))
    await withStore(made.file, async (store) => {
      expect((await line(store, 'run', 'a')).map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9])
    })
    expect(made.report.notes).toEqual([{ run: 'run', file: EVENTS, offset: SIXTH, what: 'skipped', reason: 'the checksum of its contents is wrong' }])
  })

  it('with a record that is no event go on after it, whether its checksum is right or not', async () => {
    const nonsense = Buffer.from(Array.from({ length: 30 }, () => 0xff))
    const bad = frame(nonsense)
    bad.writeUInt8(bad.readUInt8(bad.length - 1) ^ 1, bad.length - 1)
    for (const record of [frame(nonsense), bad]) {
      await using made = await importedBytes(Buffer.concat([TEN.subarray(0, SIXTH), record, TEN.subarray(SIXTH)]))
      expect(made.report).toMatchObject({ points: 10, noteCount: 1, notes: [{ offset: SIXTH, what: 'skipped' }] })
    }
  })

  it('with a wrong checksum of the 6th length stop there and say how much cannot be read', async () => {
    await using made = await importedBytes(changed((bytes) => bytes.writeUInt8(bytes.readUInt8(SIXTH + 8) ^ 1, SIXTH + 8)))
    expect(made.report).toMatchObject({ points: 5, noteCount: 1, incomplete: [] })
    expect(made.report.notes[0]).toMatchObject({ offset: SIXTH, reason: expect.stringContaining(`the ${TEN.length - SIXTH} bytes from here on`) })
  })

  it('with a time that is NaN keep the point, at the time of the one before', async () => {
    await using made = await imported(fixture('oracle/nan-wall'))
    expect(made.report).toMatchObject({ points: 10, notes: [{ what: 'changed', reason: expect.stringContaining('its time is NaN') }] })
  })

  it('with double scalars give every bit of them', async () => {
    await using made = await imported(fixture('oracle/double'))
    await withStore(made.file, async (store) => {
      expect(await line(store, '.', 'a')).toEqual(Array.from({ length: 10 }, (_, step) => [step, 1 / (step + 3)]))
    })
  })

  it('with float32 scalars give exactly the float32, in the newer style of PyTorch too', async () => {
    await using made = await imported(fixture('oracle/torch-new-style'))
    await withStore(made.file, async (store) => {
      expect(await line(store, '.', 'a')).toEqual(Array.from({ length: 10 }, (_, step) => [step, Math.fround(1 / (step + 3))]))
    })
  })

  it('with 1, NaN, ∞, −∞, 2 give all five', async () => {
    await using made = await imported(fixture('oracle/non-finite'))
    await withStore(made.file, async (store) => {
      const values = (await line(store, '.', 'a')).map(([, value]) => value)
      expect(values).toEqual([1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2])
    })
  })

  it('with 20,000 points give all of them', async () => {
    const writer = new EventFileWriter()
    const tag = new TextEncoder().encode('a')
    for (let step = 0; step < 20_000; step++) writer.scalar(tag, step, 1_700_000_000 + step, step / 3)
    await using made = await importedBytes(writer.bytes())
    await withStore(made.file, async (store) => {
      const shown = await line(store, 'run', 'a')
      expect(shown).toHaveLength(20_000)
      expect(shown.every(([step, value], index) => step === index && value === Math.fround(index / 3))).toBe(true)
    })
  })

  it('of no bytes are listed as empty', async () => {
    await using made = await imported(fixture('oracle'))
    expect(made.report).toMatchObject({ emptyFiles: 1 })
    await withStore(made.file, async (store) => {
      expect(await store.series((await store.findRun('empty')).id)).toEqual([])
    })
  })

  it('with an old histogram drop empty outer buckets and keep empty inner ones', async () => {
    await using made = await imported(fixture('oracle/legacy-histogram'))
    await withStore(made.file, async (store) => {
      const [record] = await store.records({ runId: (await store.findRun('.')).id, name: 'h' })
      expect(record?.payload).toEqual({ layout: 'edges', edges: [-2, 0, 1, 3], counts: [3, 0, 2], nonFinite: 0 })
    })
  })

  it('of tensorboardX lose the empty bucket it puts in front', async () => {
    await using made = await imported(fixture('tensorboardx'))
    await withStore(made.file, async (store) => {
      const [record] = await store.records({ runId: (await store.findRun('.')).id, name: 'weights', toStep: 0 })
      const { edges, counts } = record!.payload as { edges: number[]; counts: number[] }
      expect(edges[0]).toBe(1)
      expect(edges[1]).toBeCloseTo(1.009, 2)
      expect(counts[0]).toBe(1)
      expect([edges.at(-1), counts.reduce((sum, count) => sum + count, 0)]).toEqual([3, 4])
    })
  })
})
