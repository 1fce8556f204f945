import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { StoreUnderTest } from './make.ts'
import { batch, chartOf, newRun, steps, WALL } from './make.ts'

/** Records, blobs, the runs overview. */
export function recordsContract(at: () => StoreUnderTest): void {
  const record = (name: string, kind: string, step: number, payload: unknown = null) => ({
    name,
    kind,
    step,
    wall: WALL + step,
    payload: payload as never,
  })

  test('records come back in the order logged, by name, kind and step, oldest or newest first few', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({ records: [record('h', 'histogram', 0, { counts: [1, 2] }), record('t', 'text', 0, 'hello'), record('h', 'histogram', 5)] })
    writer.flush({ records: [record('h', 'histogram', 3), record('h', 'text', 9)] })
    const stepsOf = async (query: object) => (await store.records({ runId: 'r1', ...query })).map((found) => found.step)
    expect(await store.records({ runId: 'r1', name: 't' })).toEqual([
      { id: expect.any(Number), runId: 'r1', attempt: 1, name: 't', kind: 'text', step: 0, wall: WALL, payload: 'hello', blobHash: null },
    ])
    expect(await stepsOf({})).toEqual([0, 0, 5, 3, 9])
    expect(await stepsOf({ name: 'h', kind: 'histogram' })).toEqual([0, 5, 3])
    expect(await stepsOf({ fromStep: 3, toStep: 5 })).toEqual([5, 3])
    expect(await stepsOf({ limit: 2 })).toEqual([0, 0])
    expect(await stepsOf({ limit: 2, last: true })).toEqual([3, 9])
    const found = await store.records({ runId: 'r1', name: 'h', payload: false })
    expect(found.map(({ step, payload }) => [step, payload])).toEqual([
      [0, null],
      [5, null],
      [3, null],
      [9, null],
    ])
    const third = (await store.records({ runId: 'r1' }))[2]!
    expect(await stepsOf({ afterId: third.id })).toEqual([3, 9])
    expect(await store.recordKeys('r1')).toEqual([
      { name: 'h', kind: 'histogram', n: 3, firstStep: 0, lastStep: 5 },
      { name: 'h', kind: 'text', n: 1, firstStep: 9, lastStep: 9 },
      { name: 't', kind: 'text', n: 1, firstStep: 0, lastStep: 0 },
    ])
  })

  test('after a resume only the records of the newest line are given, unless all are asked for; console output is kept whole', async () => {
    const { store } = at()
    const first = await store.createRun(newRun('r1'))
    first.flush({ records: [0, 10, 20, 30].flatMap((step) => [record('h', 'histogram', step), record('console/stdout', 'console', step)]) })
    const second = await store.resumeRun('r1', { forkStep: null, startedAt: WALL, environment: {} })
    second.flush({ records: [20, 40].flatMap((step) => [record('h', 'histogram', step), record('console/stdout', 'console', step)]) })
    const found = async (query: object) => (await store.records({ runId: 'r1', ...query })).map(({ attempt, step }) => [attempt, step])
    expect(await found({ name: 'h' })).toEqual([
      [1, 0],
      [1, 10],
      [2, 20],
      [2, 40],
    ])
    expect(await found({ name: 'h', all: true })).toEqual([
      [1, 0],
      [1, 10],
      [1, 20],
      [1, 30],
      [2, 20],
      [2, 40],
    ])
    expect(await found({ name: 'h', limit: 2, last: true })).toEqual([
      [2, 20],
      [2, 40],
    ])
    expect((await found({ kind: 'console' })).length).toBe(6)
    expect(await store.recordKeys('r1')).toEqual([
      { name: 'console/stdout', kind: 'console', n: 6, firstStep: 0, lastStep: 40 },
      { name: 'h', kind: 'histogram', n: 4, firstStep: 0, lastStep: 40 },
    ])
    await store.resumeRun('r1', { forkStep: 5, startedAt: WALL, environment: {} })
    expect(await found({ name: 'h' })).toEqual([[1, 0]])
  })

  test('blobs are kept once by content and come back with their type', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    const bytes = new Uint8Array([1, 2, 3])
    const hash = createHash('sha256').update(bytes).digest('hex')
    writer.flush({
      records: [
        { ...record('i', 'image', 0), blob: bytes, blobType: 'image/png' },
        { ...record('i', 'image', 1), blob: bytes, blobType: 'image/png' },
      ],
    })
    expect((await store.records({ runId: 'r1' })).map((found) => found.blobHash)).toEqual([hash, hash])
    const blob = await store.blob(hash)
    expect([blob?.type, [...(blob?.bytes ?? [])]]).toEqual(['image/png', [1, 2, 3]])
    expect(await store.blob('0'.repeat(64))).toBeNull()
    expect(await store.blob('../../etc/passwd')).toBeNull()
  })

  test('the overview has a row per run, newest first, and a column per metric', async () => {
    const { store } = at()
    const first = await store.createRun(newRun('r1', { startedAt: WALL }))
    const second = await store.createRun(newRun('r2', { startedAt: WALL + 1, project: 'other' }))
    first.flush({
      points: batch([
        ['a', 0, 3],
        ['a', 1, 1],
        ['a', 2, Number.NaN],
        ['b', 7, 1],
      ]),
    })
    second.flush({ points: batch([['a', 0, 5]]) })
    const overview = await store.overview({}, ['a', 'b', 'a', 'none'])
    expect(overview.runs.map((run) => run.id)).toEqual(['r2', 'r1'])
    expect([...overview.lastStep]).toEqual([0, 7])
    expect(overview.metricNames).toEqual([
      { name: 'a', runs: 2 },
      { name: 'b', runs: 1 },
    ])
    expect(overview.metrics.map((column) => column.name)).toEqual(['a', 'b', 'none'])
    const [a, b, none] = overview.metrics
    expect([a!.n, a!.last, a!.lastStep, a!.min, a!.max, a!.minStep, a!.maxStep, a!.nonFinite].map((column) => [...column])).toEqual([
      [1, 3],
      [5, Number.NaN],
      [0, 2],
      [5, 1],
      [5, 3],
      [0, 1],
      [0, 0],
      [0, 1],
    ])
    expect([...b!.n]).toEqual([0, 1])
    expect([...b!.last]).toEqual([Number.NaN, 1])
    expect([...none!.n]).toEqual([0, 0])
    expect((await store.overview({ project: 'other' }, [])).runs.map((run) => run.id)).toEqual(['r2'])
    expect((await store.overview({ ids: ['r1'] }, [])).runs.map((run) => run.id)).toEqual(['r1'])
    await store.updateRun('r1', { archived: true })
    expect((await store.overview({ archived: false }, [])).runs.map((run) => run.id)).toEqual(['r2'])
    expect((await store.overview({ archived: true }, ['a'])).metrics[0]!.n[0]).toBe(3)
  })

  test('the overview follows what other connections write, resumed and forked runs included', async () => {
    const { store, another } = at()
    const other = await another()
    const writer = await other.createRun(newRun('r1'))
    const last = async (metric = 'm') => {
      const { runs, metrics } = await store.overview({}, [metric])
      return Object.fromEntries(runs.map((run, i) => [run.id, metrics[0]!.last[i]]))
    }
    writer.flush({ points: steps('m', 0, 10, (step) => step) })
    expect(await last()).toEqual({ r1: 9 })
    writer.flush({ points: steps('m', 10, 20, (step) => step) })
    expect(await last()).toEqual({ r1: 19 })
    const child = await other.createRun(newRun('c', { parentId: 'r1', forkStep: 5 }))
    expect(await last()).toEqual({ r1: 19, c: 4 })
    child.flush({ points: steps('other', 5, 6, () => 1) })
    const resumed = await other.resumeRun('r1', { forkStep: 3, startedAt: WALL, environment: {} })
    expect(await last()).toEqual({ r1: 2, c: 2 })
    resumed.flush({ points: steps('m', 3, 5, () => -7) })
    expect(await last()).toEqual({ r1: -7, c: -7 })
    expect((await store.chart([chartOf('c', 'm')]))[0]!.n).toBe(5)
  })
}
