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
import { contents, EVENTS, fixture, importFolder } from './import-folder.ts'

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

describe('reading a file in pieces', () => {
  it('hands over records longer than a piece, damaged ones and those after them, and says that the end is cut', async () => {
    await using folder = tempFolder()
    const ten = readFileSync(fixture('oracle/ten', EVENTS))
    const long = frame(Buffer.alloc(PIECE_BYTES + 1000, 7))
    const damaged = Buffer.from(long)
    damaged[500] = 9
    const many = scalars(20_000)
    const descriptor = openSync(put(folder.path, 'logs', Buffer.concat([ten, long, damaged, many, long, many.subarray(0, many.length - 3)])), 'r')
    const lengths: number[] = []
    const passed: [number, string][] = []
    let refused = -1
    const end = await new RecordReader().read(descriptor, 0, {
      record(_bytes, _view, start, to, offset) {
        // Each hundredth is taken only when it comes again after a pause.
        if (lengths.length % 100 === 99 && refused !== offset) {
          refused = offset
          return false
        }
        lengths.push(to - start)
        return true
      },
      passed: (offset, reason) => void passed.push([offset, reason]),
      pause: async () => {},
    })
    closeSync(descriptor)
    // The file begins with a record of its version, as each of those it is made of does.
    expect(lengths.filter((length) => length === PIECE_BYTES + 1000)).toHaveLength(2)
    expect(passed).toEqual([[ten.length + long.length, 'the checksum of its contents is wrong']])
    expect(lengths.length).toBeGreaterThan(40_000)
    expect(end.end).toBe('short')
    expect(end.read).toBeGreaterThan(ten.length + 2 * long.length + damaged.length + many.length)
  })

  it('goes on in the middle of a file when an import that was called off there is taken up again', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    put(logs, 'run', scalars(150_000))
    const stop = new AbortController()
    const store = await openStore(folder.store, { mode: 'create' })
    let bytes = 0
    const onProgress = ({ read }: { read: number }) => {
      bytes = read
      if (read > 5e6) stop.abort()
    }
    const logdir = new LogdirImport(store, { root: logs, project: 'p', signal: stop.signal, onProgress })
    await logdir.look()
    await expect(logdir.read(false)).rejects.toThrow(/abort/i)
    logdir.close()
    await store.close()
    expect(bytes).toBeLessThan(6e6)
    expect(await importFolder(logs, folder.store, 'p')).toMatchObject({ noteCount: 0 })
    const [run] = await contents(folder.store)
    expect(run?.points[0]?.[2]).toBe(150_000)
  })
})
