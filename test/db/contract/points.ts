import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PointBatch, RunWriter } from '../../../db/store.ts'
import type { StoreUnderTest } from './make.ts'
import { allPoints, batch, chartOf, newRun, steps, WALL } from './make.ts'
import type { ModelLine, ModelRun } from './model.ts'
import { modelLine } from './model.ts'

/** One flush of one series: `count` points from `start`, `stride` apart, in some order. */
interface Burst {
  start: number
  count: number
  stride: number
  order: 'up' | 'down' | 'mixed' | 'twice'
}

const burst: fc.Arbitrary<Burst> = fc.record({
  start: fc.integer({ min: 0, max: 3000 }),
  count: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 16, max: 1800 })),
  stride: fc.integer({ min: 1, max: 3 }),
  order: fc.constantFrom('up', 'up', 'up', 'down', 'mixed', 'twice'),
})
const attempt = fc.record({ forkStep: fc.option(fc.integer({ min: 0, max: 4000 })), bursts: fc.array(burst, { maxLength: 4 }) })
const history = fc.record({
  parent: fc.array(attempt, { minLength: 1, maxLength: 2 }),
  forkStep: fc.option(fc.integer({ min: 0, max: 4000 })),
  child: fc.array(attempt, { minLength: 1, maxLength: 3 }),
  compact: fc.boolean(),
})

function burstSteps({ start, count, stride, order }: Burst): number[] {
  const up = Array.from({ length: count }, (_, i) => start + i * stride)
  if (order === 'down') return up.reverse()
  if (order === 'twice') return up.flatMap((step) => [step, step])
  if (order === 'mixed') return up.map((_, i) => start + ((i * 7919) % count) * stride)
  return up
}

let counter = 0

/** Logs the bursts with values that are never the same twice, NaN and ±Infinity among them. */
function log(writer: RunWriter, model: ModelRun, bursts: Burst[]): void {
  for (const one of bursts) {
    const list = burstSteps(one)
    const values = list.map(() =>
      ++counter % 97 === 0 ? [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][counter % 3]! : counter / 8,
    )
    writer.flush({ points: batch(list.map((step, i) => ['m', step, values[i]!, WALL + counter * 10 + i])) })
    list.forEach((step, i) => {
      model.points.push({ attempt: writer.attempt, step, value: values[i]! })
    })
  }
}

function summaryOf(line: { step: number; value: number }[]) {
  const finite = line.filter((point) => Number.isFinite(point.value))
  const values = finite.map((point) => point.value)
  const min = Math.min(...values)
  const max = Math.max(...values)
  const none = finite.length === 0
  return {
    n: line.length,
    nonFinite: line.length - finite.length,
    firstStep: line[0]?.step,
    lastStep: line.at(-1)?.step,
    last: line.at(-1)?.value,
    min: none ? Number.NaN : min,
    max: none ? Number.NaN : max,
    minStep: none ? null : finite.find((point) => point.value === min)!.step,
    maxStep: none ? null : finite.find((point) => point.value === max)!.step,
  }
}

/** An order for all values: NaN and the infinities have places of their own. */
function rankOf(value: number): number {
  return Number.isNaN(value) ? 1e12 : Math.max(-1e12, Math.min(1e13, value))
}

/** Compared by hand: the runner's own comparison of long lists takes longer than the store. */
function expectRows(rows: [step: number, value: number, superseded?: number][], expected: { step: number; value: number }[]): void {
  expect(rows.length).toBe(expected.length)
  expect(rows.findIndex(([step, value], i) => step !== expected[i]!.step || !Object.is(value, expected[i]!.value))).toBe(-1)
}

/** Points in any order, attempts, forks: always the line of the plain model, and nothing lost. */
export function pointsContract(at: () => StoreUnderTest): void {
  test('whatever is logged, the line, its figures and the superseded points are those of the plain model', async () => {
    const { store } = at()
    let id = 0
    const writeAll = async (runId: string, model: ModelRun, list: { forkStep: number | null; bursts: Burst[] }[], parentId: string | null) => {
      let writer = await store.createRun(newRun(runId, { parentId, forkStep: model.forkStep }))
      for (const [i, { forkStep, bursts }] of list.entries()) {
        if (i > 0) {
          writer = await store.resumeRun(runId, { forkStep, startedAt: WALL, environment: {} })
          model.attempts.push(forkStep)
        }
        log(writer, model, bursts)
      }
      writer.flush({ patch: { status: 'finished' } })
    }
    await fc.assert(
      fc.asyncProperty(history, async ({ parent, forkStep, child, compact }) => {
        const [parentId, childId] = [`parent${++id}`, `child${id}`]
        const parentModel: ModelRun = { forkStep: null, attempts: [], points: [], parent: null }
        const childModel: ModelRun = { forkStep, attempts: [], points: [], parent: parentModel }
        await writeAll(parentId, parentModel, parent, null)
        await writeAll(childId, childModel, child, parentId)
        if (compact) await store.compact()
        for (const [runId, model] of [
          [parentId, parentModel],
          [childId, childModel],
        ] as const) {
          const { line, superseded } = modelLine(model)
          expectRows(await allPoints(store, runId, 'm'), line)
          const replaced = (await allPoints(store, runId, 'm', true)).filter((row) => row[2] === 1)
          const sorted = (list: ModelLine['superseded']) => list.sort((a, b) => a.step - b.step || rankOf(a.value) - rankOf(b.value))
          expectRows(
            sorted(replaced.map(([step, value]) => ({ step, value }))).map(({ step, value }) => [step, value]),
            sorted(superseded),
          )
          const summary = (await store.series(runId))[0]
          if (line.length === 0) expect(summary).toBeUndefined()
          else expect(summary).toMatchObject({ ...summaryOf(line), superseded: superseded.length })
          const [chart] = await store.chart([chartOf(runId, 'm', { width: 8000 })])
          expect([chart!.total, chart!.n, chart!.superseded]).toEqual([line.length, line.length, superseded.length])
          const known = new Map(line.map((point) => [point.step, point.value]))
          expect([...chart!.x].every((x, i) => Object.is(known.get(x), chart!.y[i]))).toBe(true)
          if (chart!.exact) expect(chart!.x.length).toBe(line.length - summaryOf(line).nonFinite)
        }
      }),
      // A seed, so that the suite is the same every time; any other must pass as well.
      { numRuns: 20, seed: Number(process.env.FUZZ_SEED ?? 20_261_123) },
    )
  })

  test('values survive bit for bit, in the tail and packed', async () => {
    const { store } = at()
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 5e-324, 2 ** -149, 0.1, Math.fround(0.1), 1e308, -1.5]
    const writer = await store.createRun(newRun('r1'))
    writer.flush({ points: batch(values.map((value, i) => ['m', i, value])) })
    const read = async () => (await allPoints(store, 'r1', 'm')).map((row) => row[1])
    const same = (a: number[]) => a.length === values.length && a.every((value, i) => Object.is(value, values[i]))
    expect(same(await read())).toBe(true)
    writer.compact()
    expect(same(await read())).toBe(true)
  })

  test('steps may be negative, huge or fractional', async () => {
    const { store } = at()
    const list = [-(2 ** 53), -5, 0.25, 2 ** 31, 2 ** 52 + 1, 1e300]
    const writer = await store.createRun(newRun('r1'))
    writer.flush({ points: batch(list.map((step, i) => ['m', step, i])) })
    expect((await allPoints(store, 'r1', 'm')).map((row) => row[0])).toEqual(list)
    writer.compact()
    expect((await allPoints(store, 'r1', 'm')).map((row) => row[0])).toEqual(list)
  })

  test('a batch with a bad step, wall time or series changes nothing', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({ points: batch([['a', 0, 1]]) })
    const bad = (change: (points: PointBatch) => void) => {
      const points = batch([
        ['a', 1, 1],
        ['b', 2, 2],
      ])
      change(points)
      return () => writer.flush({ points })
    }
    expect(bad((p) => p.step.set([Number.NaN], 1))).toThrow(/"b": step NaN/)
    expect(bad((p) => p.wall.set([Number.POSITIVE_INFINITY], 0))).toThrow(/wall time/)
    expect(bad((p) => p.series.set([7], 0))).toThrow(/series 7 of 2/)
    expect(bad((p) => p.names.splice(1, 1, 'a'))).toThrow(/once/)
    expect((await store.series('r1')).map((series) => [series.name, series.n])).toEqual([['a', 1]])
    writer.flush({ points: batch([['b', 1, 1]]) })
    expect((await store.series('r1')).map((series) => series.name)).toEqual(['a', 'b'])
  })

  test('points arrive in the store whichever way batches are cut', async () => {
    const { store } = at()
    const sizes = [1, 3, 1, 200, 1, 1, 5000, 2, 1024, 1023, 1]
    const writer = await store.createRun(newRun('r1'))
    let from = 0
    for (const size of sizes) {
      writer.flush({ points: steps('m', from, from + size, (step) => step / 3) })
      from += size
      expect((await store.series('r1'))[0]?.n).toBe(from)
    }
    const rows = await allPoints(store, 'r1', 'm')
    expect(rows).toEqual(Array.from({ length: from }, (_, step) => [step, step / 3]))
  })

  test('another connection packs a tail, and the writer goes on without losing or doubling a point', async () => {
    const { store, another } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({ points: steps('m', 0, 10, (step) => step) })
    writer.flush({ points: steps('m', 10, 1500, (step) => step) })
    writer.flush({ points: steps('m', 1500, 1510, (step) => step) })
    const other = await another()
    await other.markCrashed(Date.now() + 1e6, 1)
    expect(await other.compact()).toBe(10)
    expect(await other.compact()).toBe(0)
    writer.flush({ points: steps('m', 1510, 1515, (step) => step) })
    writer.flush({ points: steps('m', 1515, 6000, (step) => step) })
    writer.close()
    for (const reader of [store, other]) expect((await allPoints(reader, 'r1', 'm')).map((row) => row[0])).toEqual([...Array(6000).keys()])
  })

  test('an attempt is gone on with after its writer, also an earlier one beside the newest, without losing or doubling a point', async () => {
    const { store, another } = at()
    const first = await store.createRun(newRun('r1'))
    first.flush({ points: steps('m', 0, 1500, (step) => step) })
    first.flush({ points: steps('m', 1500, 1503, (step) => step) })
    first.close()
    const second = await store.resumeRun('r1', { forkStep: null, startedAt: WALL, environment: {} })
    second.flush({ points: steps('m', 1600, 1610, () => -1) })
    const other = await another()
    const again = await other.continueRun('r1', 1)
    expect(again.attempt).toBe(1)
    again.flush({ points: steps('m', 1503, 1605, (step) => step) })
    again.flush({ points: steps('n', 0, 3, () => 7) })
    again.close()
    second.close()
    for (const reader of [store, other]) {
      const rows = await allPoints(reader, 'r1', 'm')
      expect(rows.map((row) => row[0])).toEqual([...Array(1610).keys()])
      expect(rows[1602]?.[1]).toBe(-1)
      expect((await reader.series('r1')).map(({ name, n, superseded }) => [name, n, superseded])).toEqual([
        ['m', 1610, 5],
        ['n', 3, 0],
      ])
    }
    await expect(store.continueRun('r1', 3)).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.continueRun('nobody', 1)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a fork outlives its parent: it keeps what is its own', async () => {
    const { store } = at()
    const parent = await store.createRun(newRun('p'))
    parent.flush({ points: steps('m', 0, 100, (step) => step) })
    const child = await store.createRun(newRun('c', { parentId: 'p', forkStep: 50 }))
    child.flush({ points: steps('m', 50, 60, () => -1) })
    expect((await store.series('c'))[0]).toMatchObject({ n: 60, superseded: 0, min: -1, max: 49 })
    await store.removeRuns(['p'])
    expect((await store.series('c'))[0]).toMatchObject({ n: 10, firstStep: 50 })
  })
}
