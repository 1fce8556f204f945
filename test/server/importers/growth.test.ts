import { spawn } from 'node:child_process'
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventFileWriter } from '../../../bench/event-file.ts'
import { openStore } from '../../../db/open.ts'
import { findEventFiles } from '../../../server/importers/tfevents/find-event-files.ts'
import { tryImportLock } from '../../../server/importers/tfevents/import-lock.ts'
import { LogdirImport } from '../../../server/importers/tfevents/logdir-import.ts'
import { startImport } from '../../../server/importers/tfevents/start-import.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { recordOffsets } from './frames.ts'
import { contents, EVENTS, FIXTURES, fixture, importFolder, line, stored, withStore } from './import-folder.ts'

const TEN = readFileSync(fixture('oracle/ten', EVENTS))

function put(root: string, run: string, bytes: Uint8Array, name = EVENTS): string {
  const path = join(root, run, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  return path
}

function scalars(count: number, from = 0, tag = 'a'): Uint8Array {
  const writer = new EventFileWriter()
  for (let step = from; step < from + count; step++) writer.scalar(new TextEncoder().encode(tag), step, 1_700_000_000 + step, step)
  return writer.bytes().slice()
}

describe('importing again', () => {
  it('adds nothing when nothing is new, also from another place, and changes no revision', async () => {
    await using folder = tempFolder()
    const first = await importFolder(FIXTURES, folder.store)
    expect(first).toMatchObject({ newRuns: 16, runs: 16, files: 17 })
    const rev = () => withStore(folder.store, async (store) => (await store.overview({}, [])).rev)
    const before = [await rev(), await contents(folder.store)]
    const again = await importFolder(FIXTURES, folder.store)
    expect(again).toMatchObject({ newRuns: 0, grownRuns: 0, points: first.points, added: { events: 0, points: 0, records: 0, bytes: 0 } })
    expect([await rev(), await contents(folder.store)]).toEqual(before)
  })

  it('of a file that grew adds only what is new, wherever it was cut, in a process of its own or not', async () => {
    await using folder = tempFolder()
    const bytes = readFileSync(fixture('tensorboard', EVENTS))
    await using whole = tempFolder()
    put(join(whole.path, 'logs'), 'run', bytes)
    await importFolder(join(whole.path, 'logs'), whole.store)
    const path = put(join(folder.path, 'logs'), 'run', new Uint8Array(0))
    for (let at = 0; at < bytes.length; at += 97) {
      appendFileSync(path, bytes.subarray(at, at + 97))
      await importFolder(join(folder.path, 'logs'), folder.store)
    }
    const plain = (all: Awaited<ReturnType<typeof contents>>) => all.map(({ status, ...rest }) => rest)
    expect(plain(await contents(folder.store))).toEqual(plain(await contents(whole.store)))
  })

  it('while it follows them begins a new attempt when a file is replaced, and keeps what it held', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    put(logs, 'run', scalars(10))
    const store = await openStore(folder.store, { mode: 'create' })
    const logdir = new LogdirImport(store, { root: logs, project: 'p', signal: new AbortController().signal })
    await logdir.look()
    await logdir.read(true)
    put(logs, 'run', scalars(4, 5))
    await logdir.read(true)
    expect((await logdir.report()).restarts).toMatchObject([{ by: 'rewritten' }])
    logdir.close()
    await store.close()
    await withStore(folder.store, async (reader) => {
      expect((await line(reader, 'run', 'a')).map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
      expect(await stored(reader, 'run', 'a')).toBe(14)
    })
  })

  it('makes another run of a file that is another one under the same name', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    put(logs, 'run', scalars(10))
    await importFolder(logs, folder.store)
    put(logs, 'run', scalars(4, 5))
    const report = await importFolder(logs, folder.store)
    expect(report.newRuns).toBe(1)
    // Another process, another run: its first record is not the one that was imported.
    await withStore(folder.store, async (store) => expect((await store.overview({}, [])).runs).toHaveLength(2))
  })
})

describe('whatever is in a file', () => {
  it('cut at every byte, it gives exactly the records before, and says what is left', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    const offsets = recordOffsets(TEN)
    for (let end = 0; end <= TEN.length; end++) put(logs, `cut-${end}`, TEN.subarray(0, end))
    const report = await importFolder(logs, folder.store)
    await withStore(folder.store, async (store) => {
      const { runs, metrics } = await store.overview({}, ['a'])
      runs.forEach(({ name }, row) => {
        const end = Number(name.slice('cut-'.length))
        const whole = offsets.filter((offset) => offset <= end).length - 1
        expect([name, metrics[0]?.n[row]]).toEqual([name, Math.max(0, whole - 1)])
        const left = report.incomplete.find(({ run }) => run === name)?.bytes ?? 0
        expect(left).toBe(end - offsets[Math.max(0, whole)]!)
      })
    })
    expect(report.noteCount).toBe(0)
  })

  it('random bytes after a valid beginning never end the import, nor lose what was before', async () => {
    await using folder = tempFolder()
    let number = 0
    const logs = join(folder.path, 'logs')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(), (noise, place) => {
        const changed = Buffer.concat([TEN, TEN.subarray(40)])
        changed.set(noise.subarray(0, 40), TEN.length + (place % (changed.length - TEN.length - 40)))
        put(logs, `noise-${number}`, Buffer.concat([TEN, noise]))
        put(logs, `changed-${number}`, changed)
        put(logs, `only-${number++}`, noise)
      }),
      { numRuns: 60 },
    )
    await importFolder(logs, folder.store)
    await withStore(folder.store, async (store) => {
      const { runs, metrics } = await store.overview({}, ['a'])
      expect(runs).toHaveLength(3 * number)
      runs.forEach(({ name }, row) => {
        if (!name.startsWith('only')) expect(metrics[0]?.n[row]).toBeGreaterThanOrEqual(10)
      })
    })
  })
})

describe('folders', () => {
  it('are followed through links, circles of links end, and each is read once', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    put(logs, 'a', TEN)
    put(join(folder.path, 'elsewhere'), 'b', TEN)
    mkdirSync(join(logs, 'deep'))
    symlinkSync(join(folder.path, 'elsewhere'), join(logs, 'link'))
    symlinkSync(logs, join(logs, 'deep/circle'))
    symlinkSync(join(logs, 'a'), join(logs, 'twice'))
    symlinkSync(join(logs, 'nowhere'), join(logs, 'broken'))
    put(logs, 'a', new Uint8Array(0), 'events.out.tfevents.1.profile-empty')
    const found = await findEventFiles(logs)
    expect([...found.runs].map(([name, { files }]) => [name, files])).toEqual([
      ['a', [EVENTS]],
      ['link/b', [EVENTS]],
    ])
  })

  it('of many files in a run, rotated while it goes on, give one line', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    for (let part = 0; part < 5; part++) put(logs, '.', scalars(100, 100 * part), `events.out.tfevents.170000000${part}.host`)
    const report = await importFolder(logs, folder.store)
    expect(report).toMatchObject({ runs: 1, files: 5, points: 500, restarts: [], superseded: 0 })
    await withStore(folder.store, async (store) => expect(await line(store, '.', 'a')).toHaveLength(500))
  })

  it('of two writers that log different tags side by side replace nothing', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    put(logs, '.', scalars(50, 0, 'train'), 'events.out.tfevents.1700000000.host')
    put(logs, '.', scalars(50, 0, 'val'), 'events.out.tfevents.1700000001.host')
    expect(await importFolder(logs, folder.store)).toMatchObject({ points: 100, restarts: [], superseded: 0 })
  })

  it('that are gone leave a store that mirrors them, and stay in others', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    put(logs, 'a', TEN)
    put(logs, 'b', TEN)
    for (const mirror of [false, true]) {
      const store = await openStore(`${folder.path}/${mirror}.db`, { mode: 'create' })
      put(logs, 'b', TEN)
      const logdir = new LogdirImport(store, { root: logs, project: 'p', mirror, signal: new AbortController().signal })
      await logdir.look()
      await logdir.read(false)
      rmSync(join(logs, 'b'), { recursive: true })
      await logdir.look()
      await logdir.read(false)
      expect((await store.overview({}, [])).runs.map(({ name }) => name).sort()).toEqual(mirror ? ['a'] : ['a', 'b'])
      logdir.close()
      await store.close()
    }
  })
})

describe('following', () => {
  it('gives all points of a process that writes in pieces into a folder it makes later, then says that the run ended', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    mkdirSync(logs)
    copyFileSync(fixture('oracle/ten', EVENTS), put(logs, 'first', new Uint8Array(0)))
    const task = { root: logs, project: 'p', storeFile: folder.store, mirror: false, follow: true }
    let points = 0
    const running = startImport(task, { onReport: (report) => (points = report.points) })
    expect(await running.first).toMatchObject({ runs: 1, points: 10 })
    const child = spawn(process.execPath, [
      '--import',
      join(import.meta.dirname, '../../../node_modules/tsx/dist/loader.mjs'),
      join(import.meta.dirname, 'append-child.ts'),
      fixture('oracle/repeated-steps', EVENTS),
      join(logs, 'later/deeper', EVENTS),
      '701',
    ])
    for (let tries = 0; points < 220 && tries < 400; tries++) await sleep(50)
    child.kill()
    await withStore(folder.store, async (store) => {
      expect(await line(store, 'later/deeper', 'loss')).toHaveLength(200)
      expect(await store.findRun('later/deeper')).toMatchObject({ status: 'running' })
    })
    await running.stop()
    await running.ended
    await importFolder(logs, folder.store, 'p')
    await withStore(folder.store, async (store) => expect(await store.findRun('later/deeper')).toMatchObject({ status: 'finished' }))
  })

  it('goes on when somebody deletes a run that grows, which then stays away', async () => {
    await using folder = tempFolder()
    const logs = join(folder.path, 'logs')
    const gone = put(logs, 'gone', TEN)
    const kept = put(logs, 'kept', TEN)
    const store = await openStore(folder.store, { mode: 'create' })
    const logdir = new LogdirImport(store, { root: logs, project: 'p', signal: new AbortController().signal })
    await logdir.look()
    await logdir.read(true)
    await store.removeRuns([(await store.findRun('gone')).id])
    for (const path of [gone, kept]) appendFileSync(path, scalars(5, 10))
    await logdir.look()
    await logdir.read(true)
    expect((await store.overview({}, [])).runs.map(({ name }) => name)).toEqual(['kept'])
    expect(await line(store, 'kept', 'a')).toHaveLength(15)
    logdir.close()
    await store.close()
  })

  it('is done by one process at a time; the lock of one that is gone is taken over', async () => {
    await using folder = tempFolder()
    const unlock = tryImportLock(folder.store)
    expect(tryImportLock(folder.store)).toBeNull()
    unlock?.()
    writeFileSync(`${folder.store}.import-lock`, JSON.stringify({ pid: 2 ** 22 + 1 }))
    const taken = tryImportLock(folder.store)
    expect(taken).not.toBeNull()
    taken?.()
  })

  it('says what stopped it', async () => {
    await using folder = tempFolder()
    writeFileSync(folder.store, 'this is no database, whatever its name says, and it is long enough to be looked at')
    const running = startImport({ root: FIXTURES, project: 'p', storeFile: folder.store, mirror: false, follow: false })
    await expect(running.first).rejects.toMatchObject({ code: 'not_a_store' })
  })
})
