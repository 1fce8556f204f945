import { expect, test } from 'vitest'
import { allPoints, newRun, type StoreUnderTest, steps, WALL } from './make.ts'

export function deliveriesContract(at: () => StoreUnderTest): void {
  test('a batch is stored once, however often and through whichever connection it is delivered', async () => {
    const { store, another } = at()
    const writer = await store.createRun(newRun('r1', { writer: 'w1' }))
    const first = { points: steps('loss', 0, 3, (step) => step) }
    expect(writer.deliver({ writer: 'w1', sequence: 1 }, first)).toBe(true)
    expect(writer.deliver({ writer: 'w1', sequence: 1 }, first)).toBe(false)
    const other = await another()
    const elsewhere = await other.continueRun('r1', 1)
    expect(elsewhere.deliver({ writer: 'w1', sequence: 1 }, first)).toBe(false)
    expect(elsewhere.deliver({ writer: 'w1', sequence: 2 }, { points: steps('loss', 3, 5, (step) => step) })).toBe(true)
    expect(writer.deliver({ writer: 'w1', sequence: 2 }, first)).toBe(false)
    expect(writer.deliver({ writer: 'w1', sequence: 3 }, { points: steps('loss', 5, 2005, (step) => step) })).toBe(true)
    expect(elsewhere.deliver({ writer: 'w1', sequence: 4 }, { points: steps('loss', 2005, 4005, (step) => step) })).toBe(true)
    expect((await allPoints(store, 'r1', 'loss', true)).map(([step]) => step)).toEqual(Array.from({ length: 4005 }, (_, step) => step))
    expect((await store.series('r1'))[0]).toMatchObject({ n: 4005, superseded: 0 })
    expect(await store.delivery('w1')).toEqual({ writer: 'w1', runId: 'r1', attempt: 1, lastSequence: 4 })
  })

  test('a batch before its time, or of a writer of another run, changes nothing', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1', { writer: 'w1' }))
    await store.createRun(newRun('r2', { writer: 'w2' }))
    const before = (await store.run('r1'))?.rev
    const batch = { points: steps('loss', 0, 3, (step) => step) }
    expect(() => writer.deliver({ writer: 'w1', sequence: 3 }, batch)).toThrow(
      expect.objectContaining({ code: 'sequence_gap', facts: { expected: 1 } }),
    )
    expect(() => writer.deliver({ writer: 'w2', sequence: 1 }, batch)).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect((await store.run('r1'))?.rev).toBe(before)
    expect(await allPoints(store, 'r1', 'loss')).toEqual([])
  })

  test('keys are added to config and summary without the others being known', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1', { writer: 'w1', config: { a: 1, b: { c: 2 } } }))
    writer.flush({ patch: { summary: { best: 1, kept: 2 } } })
    writer.deliver({ writer: 'w1', sequence: 1 }, { patch: { mergeConfig: { b: 3 }, mergeSummary: { best: 4 }, notes: 'n' } })
    expect(await store.run('r1')).toMatchObject({ config: { a: 1, b: 3 }, summary: { best: 4, kept: 2 }, notes: 'n' })
    writer.deliver({ writer: 'w1', sequence: 2 }, { patch: { summary: { only: 1 }, mergeSummary: { and: 2 } } })
    expect(await store.run('r1')).toMatchObject({ config: { a: 1, b: 3 }, summary: { only: 1, and: 2 } })
    expect((await store.run('r1'))?.summary).not.toHaveProperty('kept')
  })

  test('a batch that cannot be stored does not count', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1', { writer: 'w1' }))
    const points = steps('loss', 0, 2, (step) => step)
    points.step[1] = Number.NaN
    expect(() => writer.deliver({ writer: 'w1', sequence: 1 }, { points })).toThrow()
    expect((await store.delivery('w1'))?.lastSequence).toBe(0)
    points.step[1] = 1
    expect(writer.deliver({ writer: 'w1', sequence: 1 }, { points })).toBe(true)
    expect(await allPoints(store, 'r1', 'loss')).toHaveLength(2)
  })

  test('what arrives late of an attempt that was resumed is kept there, and does not end the run', async () => {
    const { store } = at()
    const old = await store.createRun(newRun('r1', { writer: 'w1' }))
    const patch = { config: { lr: 2 } }
    await store.resumeRun('r1', { forkStep: null, startedAt: WALL, environment: {}, writer: 'w2', patch })
    const { heartbeatAt } = (await store.run('r1'))!
    old.deliver(
      { writer: 'w1', sequence: 1 },
      { points: steps('loss', 0, 3, (step) => step), patch: { status: 'failed', endedAt: WALL, notes: 'late' } },
    )
    expect(await store.run('r1')).toMatchObject({ status: 'running', endedAt: null, notes: 'late', heartbeatAt, config: { lr: 2 }, attempt: 2 })
    expect(await allPoints(store, 'r1', 'loss')).toHaveLength(3)
  })

  test('a removed run takes its writers with it', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1', { writer: 'w1' }))
    await store.removeRuns(['r1'])
    expect(await store.delivery('w1')).toBeNull()
    expect(() => writer.deliver({ writer: 'w1', sequence: 1 }, {})).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  test('a run that comes over the network lives by its heartbeat, whatever its process number and start time say', async () => {
    const { store } = at()
    const { hostname } = await import('node:os')
    const environment = { host: hostname(), pid: 2 ** 22 + 1 }
    await store.createRun(newRun('near', { environment, startedAt: Date.now() }))
    const far = await store.createRun(newRun('far', { environment, writer: 'w1' }))
    expect(await store.markCrashed(Date.now(), 60_000)).toEqual(['near'])
    expect(await store.markCrashed(Date.now() + 61_000, 60_000)).toEqual(['far'])
    far.deliver({ writer: 'w1', sequence: 1 }, {})
    expect((await store.run('far'))?.status).toBe('running')
  })
}
