import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Log10RatioHistogram } from '../../../core/kinds/histogram.ts'
import type { NewRecord } from '../../../db/store.ts'
import { newRun } from '../temp-store.ts'
import { type Callable, callable } from './call.ts'

let app: Callable
beforeEach(async () => {
  app = await callable()
})
afterEach(() => app.remove())

/** A histogram of one element, in the bin of the step: sums show which were merged. */
function histogram(step: number, extra: Partial<Log10RatioHistogram> = {}): NewRecord {
  const counts = new Array<number>(80).fill(0)
  counts[step % 80] = 1
  const payload = { layout: 'log10-ratio', counts, zero: 0, underflow: 0, overflow: 0, tinyWeight: 0, nonFinite: 0, ...extra }
  return { name: 'update-ratio-histogram/conv1', kind: 'histogram', step, wall: step, payload }
}

const query = (runId: string, columns: number) => app.call.records.histograms({ runId, name: 'update-ratio-histogram/conv1', columns })

describe('records.index', () => {
  it('tells which records of a kind there are, without their contents', async () => {
    const writer = await newRun(app.store)
    const text = (step: number): NewRecord => ({ name: 'note', kind: 'text', step, wall: step, payload: { text: 'long', format: 'plain' } })
    writer.flush({ records: [histogram(0), text(3), text(7)] })
    const index = await app.call.records.index({ runId: writer.runId, kind: 'text' })
    expect(index).toEqual([
      { id: expect.any(Number), name: 'note', step: 3, wall: 3 },
      { id: expect.any(Number), name: 'note', step: 7, wall: 7 },
    ])
    expect((await app.call.records.index({ runId: writer.runId, kind: 'text', limit: 1 })).map(({ step }) => step)).toEqual([7])
    writer.close()
  })
})

describe('records.histograms', () => {
  it('gives all of them when there are few', async () => {
    const writer = await newRun(app.store)
    writer.flush({ records: [0, 10, 20].map((step) => histogram(step)) })
    const { columns, n } = await query(writer.runId, 100)
    expect(n).toBe(3)
    expect(columns.map(({ firstStep, lastStep, merged }) => [firstStep, lastStep, merged])).toEqual([
      [0, 0, 1],
      [10, 10, 1],
      [20, 20, 1],
    ])
    writer.close()
  })

  it('merges neighbours by adding counts: no element is lost', async () => {
    const writer = await newRun(app.store)
    writer.flush({ records: Array.from({ length: 5003 }, (_, step) => histogram(step, { nonFinite: 2 })) })
    const { columns, n } = await query(writer.runId, 64)
    expect(n).toBe(5003)
    expect(columns).toHaveLength(64)
    expect(columns.reduce((sum, column) => sum + column.merged, 0)).toBe(5003)
    const elements = columns.reduce((sum, { histogram }) => sum + histogram.counts.reduce((a, b) => a + b, 0), 0)
    expect(elements).toBe(5003)
    expect(columns.reduce((sum, { histogram }) => sum + histogram.nonFinite, 0)).toBe(10_006)
    for (const [i, column] of columns.entries()) expect(column.firstStep).toBe(i === 0 ? 0 : (columns[i - 1]?.lastStep ?? Number.NaN) + 1)
    writer.close()
  })

  it('or gives some as they were logged, evenly spread, with the newest', async () => {
    const writer = await newRun(app.store)
    writer.flush({ records: Array.from({ length: 1000 }, (_, step) => histogram(step)) })
    writer.flush({ records: [histogram(999, { zero: 5 })] })
    const { steps, n, superseded } = await app.call.records.histogramSteps({ runId: writer.runId, name: 'update-ratio-histogram/conv1', columns: 4 })
    expect(steps.map(({ step }) => step)).toEqual([249, 499, 749, 999])
    expect(steps[3]?.histogram).toMatchObject({ zero: 5 })
    expect([n, superseded]).toEqual([1000, 1])
    writer.close()
  })

  it('keeps apart what cannot be added', async () => {
    const edges = (step: number, edge: number): NewRecord => ({
      name: 'weights/conv1',
      kind: 'histogram',
      step,
      wall: step,
      payload: { layout: 'edges', edges: [0, edge], counts: [step], nonFinite: 0 },
    })
    const writer = await newRun(app.store)
    writer.flush({ records: [edges(1, 1), edges(2, 1), edges(3, 5), edges(4, 5)] })
    const { columns } = await app.call.records.histograms({ runId: writer.runId, name: 'weights/conv1', columns: 1 })
    expect(columns.map(({ merged, histogram }) => [merged, histogram.counts])).toEqual([
      [2, [3]],
      [2, [7]],
    ])
    writer.close()
  })

  it('shows steps in order and the last of those written twice', async () => {
    const writer = await newRun(app.store)
    writer.flush({ records: [histogram(20), histogram(10), histogram(20, { zero: 7 })] })
    const { columns, n, superseded } = await query(writer.runId, 10)
    expect(columns.map(({ firstStep, histogram }) => [firstStep, histogram.layout === 'log10-ratio' && histogram.zero])).toEqual([
      [10, 0],
      [20, 7],
    ])
    expect({ n, superseded }).toEqual({ n: 2, superseded: 1 })
    writer.close()
  })

  it('leaves out what a resumed run did again, and counts it', async () => {
    const first = await newRun(app.store)
    first.flush({ records: [0, 10, 20].map((step) => histogram(step)) })
    first.close()
    const second = await app.store.resumeRun(first.runId, { forkStep: 10, startedAt: 1, environment: {} })
    second.flush({ records: [histogram(15)] })
    const { columns, superseded } = await query(first.runId, 10)
    expect(columns.map((column) => column.firstStep)).toEqual([0, 15])
    expect(superseded).toBe(2)
    second.close()
  })

  it('of a fork: begins with what the run it came from logged before', async () => {
    const parent = await newRun(app.store)
    parent.flush({ records: [0, 10, 20].map((step) => histogram(step)) })
    const child = await newRun(app.store, { parentId: parent.runId, forkStep: 10 })
    child.flush({ records: [histogram(12)] })
    expect((await query(child.runId, 10)).columns.map((column) => column.firstStep)).toEqual([0, 12])
    parent.close()
    child.close()
  })

  it('of an unknown run: says so', async () => {
    await expect(query('nobody', 10)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

it('records.list filters by kind, name and steps', async () => {
  const writer = await newRun(app.store)
  const text = (step: number): NewRecord => ({ name: 'sample', kind: 'text', step, wall: step, payload: { text: String(step), format: 'plain' } })
  writer.flush({ records: [histogram(1), text(1), text(2), text(3)] })
  const list = await app.call.records.list({ runId: writer.runId, kind: 'text', fromStep: 2 })
  expect(list.map((record) => record.step)).toEqual([2, 3])
  expect((await app.call.records.list({ runId: writer.runId, name: 'sample', limit: 1, last: true })).map((record) => record.step)).toEqual([3])
  writer.close()
})
