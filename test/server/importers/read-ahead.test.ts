import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EventFileWriter } from '../../../bench/event-file.ts'
import { openStore } from '../../../db/open.ts'
import { LogdirImport } from '../../../server/importers/tfevents/logdir-import.ts'
import { PIECE_BYTES } from '../../../server/importers/tfevents/read-piece.ts'
import { RecordReader } from '../../../server/importers/tfevents/record-reader.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { frame } from './frames.ts'
import { contents, EVENTS, FIXTURES, fixture, importFolder } from './import-folder.ts'

function put(root: string, run: string, bytes: Uint8Array): string {
  const path = join(root, run, EVENTS)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  return path
}

function scalars(count: number): Uint8Array {
  const writer = new EventFileWriter()
  for (let step = 0; step < count; step++) writer.scalar(new TextEncoder().encode('a'), step, 1_700_000_000 + step, step)
  return writer.bytes().slice()
}

/** What a reader hands over: offset, length and first byte of each record, and why those passed over were. */
async function read(path: string, aheadFrom: number) {
  const descriptor = openSync(path, 'r')
  const reader = new RecordReader(aheadFrom)
  const seen: unknown[] = []
  let refused = -1
  try {
    const end = await reader.read(descriptor, 0, readFileSync(path).length, {
      record(bytes, _view, start, to, offset) {
        // Each hundredth is taken only when it comes again after a pause.
        if (seen.length % 100 === 99 && refused !== offset) {
          refused = offset
          return false
        }
        seen.push([offset, to - start, bytes[start]])
        return true
      },
      passed: (offset, reason) => void seen.push([offset, reason]),
      pause: async () => {},
    })
    return { seen, end }
  } finally {
    reader.close()
    closeSync(descriptor)
  }
}

describe('a thread that reads ahead', () => {
  it('brings exactly what reading in place brings, of every kind of file, one file after the other', async () => {
    await using ahead = tempFolder()
    await using inPlace = tempFolder()
    expect(await importFolder(FIXTURES, ahead.store, 'imported', 0)).toEqual(await importFolder(FIXTURES, inPlace.store))
    expect(await contents(ahead.store)).toEqual(await contents(inPlace.store))
  })

  it('hands over records longer than a piece, cut ones, damaged ones and those after them', async () => {
    await using folder = tempFolder()
    const ten = readFileSync(fixture('oracle/ten', EVENTS))
    const long = frame(Buffer.alloc(PIECE_BYTES + 1000, 7))
    const damaged = Buffer.from(long)
    damaged[500] = 9
    const many = scalars(30_000)
    const path = put(folder.path, 'logs', Buffer.concat([ten, long, damaged, many, long, many.subarray(0, many.length - 3)]))
    const whole = await read(path, 0)
    expect(whole).toEqual(await read(path, Number.POSITIVE_INFINITY))
    expect(whole.end.end).toBe('short')
    expect(whole.seen.length).toBeGreaterThan(59_999)
    expect(whole.seen).toContainEqual([ten.length + long.length, 'the checksum of its contents is wrong'])
  })

  it('is called off with the import, which goes on in the middle of the file when it is taken up again', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    put(logs, 'run', scalars(150_000))
    const stop = new AbortController()
    const store = await openStore(folder.store, { mode: 'create' })
    const logdir = new LogdirImport(store, { root: logs, project: 'p', signal: stop.signal, aheadFrom: 0, onProgress: () => stop.abort() })
    await logdir.look()
    await expect(logdir.read(false)).rejects.toThrow(/abort/i)
    logdir.close()
    await store.close()
    expect(await importFolder(logs, folder.store, 'p', 0)).toMatchObject({ noteCount: 0 })
    const [run] = await contents(folder.store)
    expect(run?.points[0]?.[2]).toBe(150_000)
  })
})
