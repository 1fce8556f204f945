import type { TRPCError } from '@trpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ZodError } from 'zod'
import { fromSeriesTable, type SeriesTable } from '../../../core/series-table.ts'
import { unpack } from '../../../core/wire.ts'
import { openStore } from '../../../db/open.ts'
import type { Overview } from '../../../db/store.ts'
import { validationMessage } from '../../../server/validation-message.ts'
import { newRun, points } from '../temp-store.ts'
import { type Callable, callable, callOver } from './call.ts'

let app: Callable
beforeEach(async () => {
  app = await callable()
})
afterEach(() => app.remove())

describe('runs.overview', () => {
  it('gives the runs of a project and the columns asked for, NaN and infinities unharmed', async () => {
    const one = await newRun(app.store, { project: 'a', name: 'one', config: { lr: 0.1 } })
    one.flush({ points: points('loss', [3, Number.NaN, Number.NEGATIVE_INFINITY]) })
    one.close()
    const other = await newRun(app.store, { project: 'b', name: 'other' })
    other.close()
    const overview = unpack<Overview>(await app.call.runs.overview({ project: 'a', metrics: ['loss', 'unknown'] }))
    expect(overview.runs.map((run) => run.name)).toEqual(['one'])
    expect(overview.runs[0]?.config).toEqual({ lr: 0.1 })
    expect(overview.metricNames).toEqual([{ name: 'loss', runs: 1 }])
    const [loss, unknown] = overview.metrics
    expect(loss).toMatchObject({
      name: 'loss',
      last: Float64Array.of(Number.NEGATIVE_INFINITY),
      min: Float64Array.of(3),
      nonFinite: Float64Array.of(2),
    })
    expect(unknown).toMatchObject({ name: 'unknown', n: Float64Array.of(0), last: Float64Array.of(Number.NaN) })
  })
})

it('in a read-only store a silent run is shown as crashed, in the table and on its page', async () => {
  const writer = await newRun(app.store, { startedAt: Date.now() - 3_600_000 })
  writer.close()
  const store = await openStore(app.path, { mode: 'read' })
  const call = callOver(store).call
  expect(unpack<Overview>(await call.runs.overview({ metrics: [] })).runs[0]?.status).toBe('crashed')
  expect((await call.runs.get({ id: writer.runId })).run.status).toBe('crashed')
  await store.close()
})

describe('runs.get', () => {
  it('finds a run by id, name or #number and gives all the page needs', async () => {
    const writer = await newRun(app.store, { name: 'findable' })
    writer.flush({
      points: points('val/loss', [3, 1, 2], 10),
      records: [{ name: 'note', kind: 'text', step: 4, wall: 1, payload: { text: 'hi', format: 'plain' } }],
      rules: [{ pattern: 'val/*', step: 'epoch', goal: 'min' }],
    })
    writer.close()
    for (const reference of [writer.runId, 'findable', '#1']) {
      const detail = await app.call.runs.get({ id: reference })
      expect(detail.run.id).toBe(writer.runId)
      expect(detail.attempts).toHaveLength(1)
      expect(fromSeriesTable(unpack<SeriesTable>(detail.series))).toMatchObject([
        { name: 'val/loss', n: 3, firstStep: 10, lastStep: 12, min: 1, minStep: 11, last: 2 },
      ])
      expect(detail.records).toEqual([{ name: 'note', kind: 'text', n: 1, firstStep: 4, lastStep: 4 }])
      expect(detail.rules).toEqual([{ pattern: 'val/*', step: 'epoch', goal: 'min' }])
    }
  })

  it('knows parent and children of a fork', async () => {
    const parent = await newRun(app.store, { name: 'parent' })
    parent.flush({ points: points('loss', [1, 2, 3]) })
    const child = await newRun(app.store, { name: 'child', parentId: parent.runId, forkStep: 2 })
    child.flush({ points: points('loss', [9], 2) })
    expect((await app.call.runs.get({ id: 'child' })).parent).toEqual({ id: parent.runId, name: 'parent' })
    expect((await app.call.runs.get({ id: 'parent' })).children).toEqual([{ id: child.runId, name: 'child' }])
    child.flush({ links: [{ to: parent.runId, role: 'checkpoint', step: 7, hash: null, detail: {} }] })
    expect((await app.call.runs.get({ id: 'child' })).links).toMatchObject({
      to: [{ role: 'checkpoint', step: 7, run: { name: 'parent' } }],
      from: [],
    })
    expect((await app.call.runs.get({ id: 'parent' })).links).toMatchObject({ to: [], from: [{ run: { name: 'child', deleted: false } }] })
    parent.close()
    child.close()
  })

  it('says of a deleted run that there is none', async () => {
    const writer = await newRun(app.store, { name: 'gone' })
    writer.close()
    await app.call.runs.remove({ ids: [writer.runId] })
    await expect(app.call.runs.get({ id: writer.runId })).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining(writer.runId) })
  })
})

describe('runs.update', () => {
  it('changes what is given and leaves the rest', async () => {
    const writer = await newRun(app.store, { name: 'before', tags: ['old'], notes: 'kept' })
    writer.close()
    const run = await app.call.runs.update({ id: writer.runId, name: '  after  ', tags: ['a', 'b', 'a'], archived: true })
    expect(run).toMatchObject({ name: 'after', tags: ['a', 'b'], notes: 'kept', archived: true })
  })

  it.each([
    [{ name: '   ' }, 'name: must not be empty'],
    [{ name: 'x'.repeat(201) }, 'name: must be at most 200 characters'],
    [{ tags: [''] }, 'tags[0]: a tag must not be empty'],
  ])('refuses %j', async (patch, message) => {
    const writer = await newRun(app.store)
    writer.close()
    await expect(app.call.runs.update({ id: writer.runId, ...patch })).rejects.toSatisfy((error: TRPCError) => {
      expect(error.code).toBe('BAD_REQUEST')
      expect(validationMessage(error.cause as ZodError)).toBe(`invalid input: ${message}`)
      return true
    })
  })

  it('says of an unknown run that there is none', async () => {
    await expect(app.call.runs.update({ id: 'nobody', name: 'x' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('says of a read-only store that it cannot be written', async () => {
    const writer = await newRun(app.store)
    writer.close()
    const store = await openStore(app.path, { mode: 'read' })
    const call = callOver(store).call
    await expect(call.runs.update({ id: writer.runId, name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(call.runs.remove({ ids: [writer.runId] })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await store.close()
  })
})

it('runs.remove says how many runs and bytes went', async () => {
  const writer = await newRun(app.store)
  writer.flush({
    points: points(
      'loss',
      Array.from({ length: 5000 }, (_, i) => i / 7),
    ),
  })
  writer.close()
  expect(await app.call.runs.remove({ ids: [writer.runId, 'unknown'] })).toMatchObject({ removed: 1, freedBytes: expect.any(Number) })
})

describe('runs.console', () => {
  it('gives the newest pieces first asked, then what follows, in the order written', async () => {
    const writer = await newRun(app.store)
    const piece = (text: string, stream: 'stdout' | 'stderr') => ({
      name: `console/${stream}`,
      kind: 'console',
      step: 0,
      wall: 5,
      payload: { stream, text, skippedLines: 0 },
    })
    writer.flush({ records: [piece('1\n', 'stdout'), piece('2\n', 'stderr'), piece('3\n', 'stdout')] })
    const newest = await app.call.runs.console({ id: writer.runId, limit: 2 })
    expect(newest.pieces.map(({ stream, text }) => [stream, text])).toEqual([
      ['stderr', '2\n'],
      ['stdout', '3\n'],
    ])
    writer.flush({ records: [piece('4\n', 'stdout')] })
    const following = await app.call.runs.console({ id: writer.runId, afterId: newest.pieces.at(-1)?.id })
    expect(following.pieces.map(({ text }) => text)).toEqual(['4\n'])
    writer.close()
  })
})

it('store.info and projects.list describe the store', async () => {
  const writer = await newRun(app.store, { project: 'vision' })
  writer.close()
  expect(await app.call.store.info()).toMatchObject({
    dialect: 'sqlite',
    runs: 1,
    projects: 1,
    readOnly: false,
    version: '9.9.9',
    now: expect.any(Number),
  })
  expect(await app.call.projects.list()).toMatchObject([{ name: 'vision', runs: 1 }])
})
