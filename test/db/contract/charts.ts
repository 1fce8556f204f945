import { expect, test } from 'vitest'
import type { ChartColumns } from '../../../core/chart.ts'
import { smooth } from '../../../core/smoothing/smooth.ts'
import type { Store } from '../../../db/store.ts'
import type { StoreUnderTest } from './make.ts'
import { allPoints, batch, chartOf, newRun, steps, WALL } from './make.ts'

const wave = (step: number) => Math.sin(step / 500) + ((step * 7919) % 1000) / 1000

async function writeWave(store: Store, id: string, n: number, from = 0): Promise<void> {
  const writer = await store.createRun(newRun(id))
  for (let at = from; at < from + n; at += 50_000) writer.flush({ points: steps('m', at, Math.min(at + 50_000, from + n), wave) })
  writer.close()
}

/** Lowest and highest value of each column, worked out from every point. */
function extremes(rows: [number, number][], low: number, high: number, width: number): [number, number][] {
  const columns: [number, number][] = Array.from({ length: width }, () => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  for (const [x, y] of rows) {
    if (x < low || x > high) continue
    const column = columns[Math.min(width - 1, Math.floor(((x - low) * width) / (high - low)))]!
    column[0] = Math.min(column[0], y)
    column[1] = Math.max(column[1], y)
  }
  return columns
}

function expectTrueAndSorted(chart: ChartColumns, truth: (step: number) => number): void {
  expect(chart.x.length).toBeGreaterThan(0)
  chart.x.forEach((x, i) => {
    if (i > 0) expect(x).toBeGreaterThanOrEqual(chart.x[i - 1]!)
    expect(chart.y[i]).toBe(truth(chart.step[i]!))
  })
}

/** The chart query. */
export function chartsContract(at: () => StoreUnderTest): void {
  test('at a readable size each column holds its true extremes, at any zoom', async () => {
    const { store } = at()
    await writeWave(store, 'r1', 60_000)
    const rows = (await allPoints(store, 'r1', 'm')) as [number, number][]
    for (const range of [null, [10_000, 20_000], [123, 457]] as const) {
      const [chart] = await store.chart([chartOf('r1', 'm', { range: range && [...range], width: 120 })])
      const [low, high] = range ?? [0, 59_999]
      expectTrueAndSorted(chart!, wave)
      const drawn = [...chart!.x].map((x, i): [number, number] => [x, chart!.y[i]!])
      expect(extremes(drawn, low, high, 120)).toEqual(extremes(rows, low, high, 120))
      expect(chart!.n).toBe(high - low + 1)
      expect(chart!.total).toBe(60_000)
      expect(chart!.extent).toEqual([0, 59_999])
      expect(chart!.x.length).toBeLessThanOrEqual(4 * 120)
    }
  })

  test('a long line is drawn from summaries: true points, its extremes, its counts, at a cost of pixels', async () => {
    const { store } = at()
    await writeWave(store, 'r1', 1_100_000)
    const [whole] = await store.chart([chartOf('r1', 'm', { width: 200 })])
    expectTrueAndSorted(whole!, wave)
    expect(whole).toMatchObject({ n: 1_100_000, total: 1_100_000, exact: false })
    const summary = (await store.series('r1'))[0]!
    expect([Math.min(...whole!.y), Math.max(...whole!.y)]).toEqual([summary.min, summary.max])
    expect([whole!.x[0], whole!.x.at(-1)]).toEqual([0, 1_099_999])
    expect(whole!.x.length).toBeLessThanOrEqual(800)
    // Every column of the true curve is met by a point within one column of it.
    const rows = (await allPoints(store, 'r1', 'm')) as [number, number][]
    const drawn = [...whole!.x].map((x, i): [number, number] => [x, whole!.y[i]!])
    const [got, truth] = [extremes(drawn, 0, 1_099_999, 200), extremes(rows, 0, 1_099_999, 200)]
    truth.forEach(([low, high], i) => {
      const near = got.slice(Math.max(0, i - 1), i + 2)
      expect(Math.min(...near.map((column) => column[0]))).toBeLessThanOrEqual(low)
      expect(Math.max(...near.map((column) => column[1]))).toBeGreaterThanOrEqual(high)
    })
    const [zoomed] = await store.chart([chartOf('r1', 'm', { range: [500_000.5, 500_020.5], width: 200 })])
    expect([...zoomed!.x]).toEqual(Array.from({ length: 20 }, (_, i) => 500_001 + i))
    expect(zoomed!.exact).toBe(true)
  })

  test('x by wall time and relative to the first point, with range in those units', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({ points: batch([['early', 0, 1, WALL - 500]]) })
    writer.flush({ points: steps('m', 0, 5000, wave) })
    const [wall] = await store.chart([chartOf('r1', 'm', { x: { kind: 'wall' }, range: [WALL + 1000, WALL + 1100], width: 50 })])
    expect([...wall!.x]).toEqual(Array.from({ length: 11 }, (_, i) => WALL + 1000 + i * 10))
    expect([...wall!.step]).toEqual(Array.from({ length: 11 }, (_, i) => 100 + i))
    expect(wall!.extent).toEqual([WALL, WALL + 49_990])
    const [relative] = await store.chart([chartOf('r1', 'm', { x: { kind: 'relative' }, range: [500, 520], width: 50 })])
    expect([...relative!.x]).toEqual([500, 510, 520])
    expect([...relative!.wall]).toEqual([WALL, WALL + 10, WALL + 20])
  })

  test('a range in time finds its points in a long line, wherever it begins and ends', async () => {
    const { store } = at()
    await writeWave(store, 'r1', 150_000)
    for (const [from, to] of [
      [0, 149_999],
      [-50, 10],
      [1_023, 1_024],
      [4_096, 70_000],
      [65_535, 65_536],
      [99_999.5, 100_000.5],
      [149_999, 200_000],
      [150_000, 151_000],
    ] as const) {
      const [chart] = await store.chart([chartOf('r1', 'm', { x: { kind: 'wall' }, range: [WALL + from * 10, WALL + to * 10], width: 50 })])
      const expected = Array.from({ length: 150_000 }, (_, step) => step).filter((step) => step >= from && step <= to).length
      expect([from, chart!.n]).toEqual([from, expected])
      expect(chart!.step.every((step, i) => step >= from && step <= to && chart!.y[i] === wave(step))).toBe(true)
    }
  })

  test('a clock that goes back still gives every point its place in time', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    const clock = (step: number) => WALL + (step < 1500 ? step : step - 1000) * 10
    writer.flush({ points: steps('m', 0, 3000, wave, clock) })
    const [chart] = await store.chart([chartOf('r1', 'm', { x: { kind: 'wall' }, width: 8000 })])
    expect(chart).toMatchObject({ n: 3000, extent: [WALL, WALL + 19_990] })
    expectTrueAndSorted(chart!, wave)
    const [part] = await store.chart([chartOf('r1', 'm', { x: { kind: 'wall' }, range: [WALL + 10_000, WALL + 10_020], width: 100 })])
    expect([...part!.step]).toEqual([1000, 2000, 1001, 2001, 1002, 2002].filter((step) => [...part!.step].includes(step)))
    expect(part!.n).toBe(6)
  })

  test('x by another metric; points where it has no finite value are counted, not drawn', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    writer.flush({
      points: batch([
        ['m', 1, 10],
        ['epoch', 1, 0.5],
        ['m', 2, 20],
        ['m', 3, 30],
        ['epoch', 3, Number.NaN],
        ['m', 4, 40],
        ['epoch', 4, 0.25],
      ]),
    })
    const [chart] = await store.chart([chartOf('r1', 'm', { x: { kind: 'metric', name: 'epoch' } })])
    expect([...chart!.x]).toEqual([0.25, 0.5])
    expect([...chart!.y]).toEqual([40, 10])
    expect(chart).toMatchObject({ n: 2, total: 4, unplaced: 2, extent: [0.25, 0.5] })
    const [none] = await store.chart([chartOf('r1', 'm', { x: { kind: 'metric', name: 'nothing' } })])
    expect(none).toMatchObject({ n: 0, total: 4, unplaced: 4, extent: null })
  })

  test('NaN and infinities are marked where they lie and never drawn', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    const value = (step: number) => (step === 7 ? Number.NaN : step === 8 ? Number.POSITIVE_INFINITY : step >= 90 ? Number.NEGATIVE_INFINITY : step)
    writer.flush({ points: steps('m', 0, 100, value) })
    const [chart] = await store.chart([chartOf('r1', 'm', { width: 10 })])
    expect(chart!.y.every((y) => Number.isFinite(y))).toBe(true)
    expect([...chart!.nonFiniteX]).toEqual([7, 8, 90])
    expect([...chart!.nonFiniteKind]).toEqual([0, 1, 2])
    expect(chart!.nonFinite).toBe(12)
  })

  test('a run that turned to NaN for good is marked to the end, also when it is long', async () => {
    const { store } = at()
    const writer = await store.createRun(newRun('r1'))
    for (let from = 0; from < 600_000; from += 100_000)
      writer.flush({ points: steps('m', from, from + 100_000, (step) => (step < 300_000 ? wave(step) : Number.NaN)) })
    const [chart] = await store.chart([chartOf('r1', 'm', { width: 100 })])
    expect(chart).toMatchObject({ n: 600_000, nonFinite: 300_000, exact: false })
    expect(chart!.nonFiniteX[0]).toBe(300_000)
    expect(chart!.nonFiniteX.length).toBeGreaterThanOrEqual(50)
    expect(Math.max(...chart!.x)).toBe(299_999)
  })

  test('smoothing is worked out on all points from the start of the line, whatever is on screen', async () => {
    const { store } = at()
    await writeWave(store, 'r1', 30_000)
    const all = await allPoints(store, 'r1', 'm')
    const points = { step: Float64Array.from(all, (row) => row[0]), value: Float64Array.from(all, (row) => row[1]) }
    for (const smoothing of [
      { kind: 'ema', weight: 0.99 },
      { kind: 'mean', window: 51 },
      { kind: 'gaussian', sigma: 9 },
      { kind: 'time', halfLife: 40 },
    ] as const) {
      const expected = smooth(points, smoothing)
      const [chart] = await store.chart([chartOf('r1', 'm', { smoothing, range: [20_000, 20_050], width: 200 })])
      expect([...chart!.smoothX]).toEqual(Array.from({ length: 51 }, (_, i) => 20_000 + i))
      chart!.smoothY.forEach((y, i) => {
        expect(y).toBeCloseTo(expected[20_000 + i]!, 12)
      })
      expect(chart!.smoothExact).toBe(true)
    }
  })

  test('smoothing a long line is exact where it says so, and close where it says it is not', async () => {
    const { store } = at()
    await writeWave(store, 'r1', 700_000)
    const all = await allPoints(store, 'r1', 'm')
    const points = { step: Float64Array.from(all, (row) => row[0]), value: Float64Array.from(all, (row) => row[1]) }
    for (const smoothing of [
      { kind: 'ema', weight: 0.9 },
      { kind: 'mean', window: 301 },
      { kind: 'gaussian', sigma: 30 },
      { kind: 'time', halfLife: 20 },
      { kind: 'ema', weight: 0.9999 },
    ] as const) {
      const expected = smooth(points, smoothing)
      for (const range of [null, [400_000, 430_000]] as const) {
        const [chart] = await store.chart([chartOf('r1', 'm', { smoothing, range: range && [...range], width: 300 })])
        expect(chart!.smoothX.length).toBeGreaterThanOrEqual(70)
        chart!.smoothX.forEach((x, i) => {
          expect(Math.abs(chart!.smoothY[i]! - expected[x]!)).toBeLessThan(chart!.smoothExact ? 1e-9 : 0.05)
        })
        if (!chart!.smoothExact) expect(chart!.smoothNote).toMatch(/blocks of about/)
      }
    }
  })

  test('abandoned points are drawn when asked for', async () => {
    const { store } = at()
    const first = await store.createRun(newRun('r1'))
    first.flush({ points: steps('m', 0, 70, (step) => step) })
    const second = await store.resumeRun('r1', { forkStep: null, startedAt: WALL, environment: {} })
    second.flush({ points: steps('m', 60, 100, () => -1) })
    const [without, with_] = await store.chart([chartOf('r1', 'm', { width: 500 }), chartOf('r1', 'm', { width: 500, abandoned: true })])
    expect(without!.abandonedX.length).toBe(0)
    expect([...with_!.abandonedX]).toEqual(Array.from({ length: 10 }, (_, i) => 60 + i))
    expect([...with_!.abandonedY]).toEqual(Array.from({ length: 10 }, (_, i) => 60 + i))
    expect(with_).toMatchObject({ n: 100, superseded: 10, exact: true })
    const third = await store.resumeRun('r1', { forkStep: 20, startedAt: WALL, environment: {} })
    const [short] = await store.chart([chartOf('r1', 'm', { width: 500, abandoned: true })])
    expect(short).toMatchObject({ n: 20, superseded: 90, extent: [0, 99] })
    expect(Math.max(...short!.abandonedX)).toBe(99)
    third.flush({ points: steps('m', 20, 30, () => -2) })
    expect((await store.chart([chartOf('r1', 'm')]))[0]).toMatchObject({ n: 30, superseded: 90, extent: [0, 29] })
    await store.resumeRun('r1', { forkStep: 0, startedAt: WALL, environment: {} })
    expect((await store.chart([chartOf('r1', 'm')]))[0]).toMatchObject({ n: 0, superseded: 120, extent: null })
    expect((await store.chart([chartOf('r1', 'm', { abandoned: true })]))[0]).toMatchObject({ n: 0, superseded: 120, extent: [0, 99] })
  })

  test('an unknown metric is an empty chart, an unknown run or a nonsense size an error', async () => {
    const { store } = at()
    await store.createRun(newRun('r1'))
    expect((await store.chart([chartOf('r1', 'nothing')]))[0]).toMatchObject({ n: 0, total: 0, extent: null, exact: true })
    await expect(store.chart([chartOf('nobody', 'm')])).rejects.toMatchObject({ code: 'not_found' })
    for (const width of [0, 1.5, 9000, Number.NaN])
      await expect(store.chart([chartOf('r1', 'm', { width })])).rejects.toMatchObject({ code: 'invalid_argument' })
    await expect(store.chart([chartOf('r1', 'm', { range: [2, 1] })])).rejects.toMatchObject({ code: 'invalid_argument' })
  })
}
