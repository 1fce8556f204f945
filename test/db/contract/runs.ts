import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import type { StoreUnderTest } from './make.ts'
import { batch, newRun, WALL } from './make.ts'

/** Runs, projects, what changed, crashes, removal. */
export function runsContract(at: () => StoreUnderTest): void {
  test('a run comes back as it was made, and numbers count per project', async () => {
    const { store } = at()
    const environment = { host: 'h', pid: 1, git: { commit: 'abc', dirty: true, diff: 'diff --git' }, packages: { tf: '4' } }
    const given = {
      name: 'mine',
      group: 'g',
      jobType: 'train',
      tags: ['a', 'b'],
      notes: 'n',
      seed: 3,
      config: { lr: 0.1, nested: { a: [1, null, 'x'] } },
      environment,
    }
    await store.createRun(newRun('r1', given))
    await store.createRun(newRun('r2'))
    await store.createRun(newRun('r3', { project: 'other' }))
    expect(await store.run('r1')).toEqual({
      ...given,
      id: 'r1',
      project: 'mnist',
      number: 1,
      status: 'running',
      statusReason: null,
      archived: false,
      startedAt: WALL,
      heartbeatAt: WALL,
      endedAt: null,
      summary: {},
      parentId: null,
      forkStep: null,
      attempt: 1,
      droppedPoints: 0,
      writerVersion: '0.1.0',
      rev: expect.any(Number),
    })
    expect((await store.run('r2'))?.name).toMatch(/^[a-z]+-[a-z]+-2$/)
    expect((await store.run('r3'))?.number).toBe(1)
    expect(await store.run('nobody')).toBeNull()
  })

  test('a number is never given twice, also after the run is removed', async () => {
    const { store } = at()
    await store.createRun(newRun('r1'))
    await store.removeRuns(['r1'])
    await store.createRun(newRun('r2'))
    expect((await store.run('r2'))?.number).toBe(2)
  })

  test('an id that is taken and a parent that is not there are refused', async () => {
    const { store } = at()
    await store.createRun(newRun('r1'))
    await expect(store.createRun(newRun('r1'))).rejects.toMatchObject({ code: 'invalid_argument' })
    await expect(store.createRun(newRun('r2', { parentId: 'nobody' }))).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.resumeRun('nobody', { forkStep: null, startedAt: 1, environment: {} })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a flush changes the run by its patch; NaN in config is kept as text', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({
      patch: { status: 'finished', endedAt: WALL + 5, config: { a: Number.NaN }, summary: { best: Number.POSITIVE_INFINITY }, droppedPoints: 2 },
    })
    expect(await store.run('r1')).toMatchObject({
      status: 'finished',
      endedAt: WALL + 5,
      config: { a: 'NaN' },
      summary: { best: 'Infinity' },
      droppedPoints: 2,
    })
  })

  test('rules come back and are replaced by pattern', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({
      rules: [
        { pattern: 'val/*', step: 'epoch', goal: 'max' },
        { pattern: 'a', unit: 's' },
      ],
    })
    writer.flush({ rules: [{ pattern: 'a', goal: 'min' }], points: batch([['a', 0, 1]]) })
    expect(await store.rules('r1')).toEqual([
      { pattern: 'a', goal: 'min' },
      { pattern: 'val/*', step: 'epoch', goal: 'max' },
    ])
    expect((await store.series('r1'))[0]?.goal).toBe('min')
  })

  test('runs are found by id, name and number; near names are suggested; several that fit are listed', async () => {
    const { store } = at()
    await store.createRun(newRun('aaa', { name: 'brave-otter-1' }))
    await store.createRun(newRun('bbb', { name: 'calm-heron-2' }))
    await store.createRun(newRun('ccc', { name: 'calm-heron-2', project: 'other' }))
    expect((await store.findRun('aaa')).id).toBe('aaa')
    expect((await store.findRun('brave-otter-1')).id).toBe('aaa')
    expect((await store.findRun('#2')).id).toBe('bbb')
    await expect(store.findRun('brave-oter-1')).rejects.toThrow(/did you mean brave-otter-1/)
    await expect(store.findRun('brave-oter-1')).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.findRun('calm-heron-2')).rejects.toThrow(/2 runs fit .*ccc/)
    await expect(store.findRun('#1')).rejects.toMatchObject({ code: 'invalid_argument' })
  })

  test('what a person edits is kept, and raises the revision', async () => {
    const { store } = at()
    await store.createRun(newRun('r1'))
    const { rev } = await store.changes(0)
    const patch = { name: 'better', notes: 'x', tags: ['t'], group: 'g', jobType: null, archived: true }
    expect(await store.updateRun('r1', patch)).toMatchObject(patch)
    expect((await store.changes(rev)).runs.map((run) => run.id)).toEqual(['r1'])
    await expect(store.updateRun('nobody', { notes: '' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.updateRun('r1', { name: ' ' })).rejects.toMatchObject({ code: 'invalid_argument' })
  })

  test('changes tell which runs changed and which were removed since a revision', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    await store.createRun(newRun('r2'))
    const { rev } = await store.changes(0)
    expect(await store.changes(rev)).toEqual({ rev, runs: [], removed: [], studies: [], removedStudies: [], findings: [], reset: false })
    writer.flush({ points: batch([['a', 0, 1]]) })
    await store.removeRuns(['r2'])
    const changes = await store.changes(rev)
    expect(changes.runs.map((run) => [run.id, run.project])).toEqual([['r1', 'mnist']])
    expect(changes.removed).toEqual(['r2'])
    expect((await store.changes(changes.rev + 100)).reset).toBe(true)
    expect((await store.changes(Number.NaN)).reset).toBe(true)
  })

  test('`changed` hears other connections, once', async () => {
    const { store, another } = at()
    const other = await another()
    store.changed()
    expect(store.changed()).toBe(false)
    await other.createRun(newRun('r1'))
    expect(store.changed()).toBe(true)
    expect(store.changed()).toBe(false)
  })

  test('silent runs and runs whose process is gone are marked as crashed; one that flushes again runs again', async () => {
    const { store } = at()
    const now = Date.now()
    const silent = await store.createRun(newRun('silent', { startedAt: now - 100_000 }))
    await store.createRun(newRun('gone', { startedAt: now, environment: { host: hostname(), pid: 2 ** 22 + 1 } }))
    await store.createRun(newRun('alive', { startedAt: now, environment: { host: hostname(), pid: process.pid } }))
    await store.createRun(
      newRun('reused', { startedAt: now - 40_000, environment: { host: hostname(), pid: process.pid, processStartedAt: now - 86_400_000 } }),
    )
    // What a live run looks like right after the clock was set: another start time, a fresh heartbeat.
    const clock = { host: hostname(), pid: process.pid, processStartedAt: now - 86_400_000 }
    await store.createRun(newRun('clock-set', { startedAt: now - 15_000, environment: clock }))
    await store.createRun(newRun('clock-set-back', { startedAt: now + 3_600_000, environment: clock }))
    await store.createRun(newRun('elsewhere', { startedAt: now, environment: { host: 'another-host', pid: 2 ** 22 + 1 } }))
    const ended = await store.createRun(newRun('ended', { startedAt: now - 100_000 }))
    ended.flush({ patch: { status: 'finished', heartbeatAt: now - 100_000 } })
    expect((await store.markCrashed(now, 60_000)).sort()).toEqual(['gone', 'reused', 'silent'])
    expect(await store.run('gone')).toMatchObject({ status: 'crashed', statusReason: expect.stringContaining('is gone'), endedAt: now })
    expect(await store.markCrashed(now, 60_000)).toEqual([])
    silent.flush({})
    expect(await store.run('silent')).toMatchObject({ status: 'running', statusReason: null, endedAt: null })
  })

  test('removed runs take their data and the blobs only they used, and a writer of one is told', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    const other = await store.createRun(newRun('r2'))
    const record = (blob: Uint8Array) => ({ name: 'i', kind: 'image', step: 0, wall: WALL, payload: null, blob, blobType: 'image/png' })
    const [own, shared] = [new Uint8Array(50_000).fill(1), new Uint8Array(10).fill(2)]
    writer.flush({ points: batch(Array.from({ length: 5000 }, (_, i) => ['a', i, Math.random()])), records: [record(own), record(shared)] })
    other.flush({ records: [record(shared)] })
    const [first, second] = await store.records({ runId: 'r1' })
    const result = await store.removeRuns(['r1', 'nobody'])
    expect(result.removed).toBe(1)
    expect(result.freedBytes).toBeGreaterThan(50_000 + 5000 * 4)
    expect(await store.run('r1')).toBeNull()
    expect(await store.blob(first!.blobHash!)).toBeNull()
    expect((await store.blob(second!.blobHash!))?.bytes.length).toBe(10)
    expect(() => writer.flush({ points: batch([['a', 1, 1]]) })).toThrow(/r1 was removed/)
    await expect(
      store.chart([{ runId: 'r1', name: 'a', x: { kind: 'step' }, range: null, width: 9, smoothing: { kind: 'none' }, abandoned: false }]),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('projects count their runs, and info the whole store', async () => {
    const { store } = at()
    await store.createRun(newRun('r1'))
    const writer = await store.createRun(newRun('r2'))
    writer.flush({ patch: { status: 'finished', heartbeatAt: WALL + 7 } })
    await store.createRun(newRun('r3', { project: 'a-project' }))
    expect(await store.projects()).toEqual([
      { name: 'a-project', runs: 1, running: 1, lastActivityAt: WALL },
      { name: 'mnist', runs: 2, running: 1, lastActivityAt: WALL + 7 },
    ])
    expect(await store.info()).toMatchObject({ runs: 3, projects: 2, readOnly: false, warnings: [] })
  })

  test('a writer that is closed takes no more', async () => {
    const writer = await at().store.createRun(newRun('r1'))
    writer.close()
    writer.close()
    expect(() => writer.flush({})).toThrow(/closed/)
  })
}
