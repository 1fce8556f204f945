import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleColumns } from '../../app/_charts/fixtures/sample-columns.ts'
import { sampleLine, sampleXy } from '../../app/_charts/fixtures/sample-lines.ts'
import { LIGHT_LOOK } from '../../app/_charts/look.ts'
import { yExtent } from '../../app/_charts/xy/extent.ts'
import { nearestIndex, nextX, readings, snapX, sortReadings } from '../../app/_charts/xy/nearest.ts'
import { xyNotes } from '../../app/_charts/xy/notes.ts'
import { linePairs, lonePoints, thinDots } from '../../app/_charts/xy/paths.ts'
import { generalisationGap } from '../../app/_charts/xy/reading-text.ts'
import { xyScene } from '../../app/_charts/xy/scene.ts'
import { plotX, plotY } from '../../app/_charts/xy/xy-data.ts'
import { xyOption } from '../../app/_charts/xy/xy-option.ts'
import { panned, zoomed } from '../../app/_charts/xy/zoom-range.ts'

const none = { smoothing: { kind: 'none' } } as const
const size = { width: 480, height: 260 }
const one = (values: number[], change = {}) => sampleXy([sampleLine(0, sampleColumns(values, none))], { ...none, ...change })
const scene = (values: number[], change = {}) => xyScene(one(values, change), 'line', LIGHT_LOOK, size)

describe('nearest point', () => {
  test('agrees with looking at every point', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.double({ min: -2e6, max: 2e6, noNaN: true }),
        (list, x) => {
          const xs = Float64Array.from(list).sort()
          const best = Math.min(...xs.map((value) => Math.abs(value - x)))
          expect(Math.abs(xs[nearestIndex(xs, x)]! - x)).toBe(best)
        },
      ),
    )
  })
  test('is −1 without points', () => {
    expect(nearestIndex(new Float64Array(0), 3)).toBe(-1)
  })
})

describe('lines', () => {
  test('break where NaN and infinities lie', () => {
    const pairs = linePairs(Float64Array.of(0, 1, 3), Float64Array.of(5, 6, 7), Float64Array.of(2), false)
    expect([...pairs]).toEqual([0, 5, 1, 6, 2, Number.NaN, 3, 7])
  })
  test('on a log axis leave gaps for values ≤ 0', () => {
    const pairs = linePairs(Float64Array.of(0, 1, 2), Float64Array.of(10, 0, 1000), new Float64Array(0), true)
    expect([...pairs]).toEqual([0, 1, 1, Number.NaN, 2, 3])
  })
  test('points without neighbours are drawn as dots', () => {
    expect([...lonePoints(Float64Array.of(0, 1, 1, Number.NaN, 2, 3, 3, Number.NaN, 4, 1, 5, 2))]).toEqual([0, 1, 2, 3])
  })
  test('no infinity ever reaches ECharts, whatever was logged', () => {
    const odd = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324, -5e-324),
    )
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 40 }), fc.boolean(), fc.boolean(), (values, logY, clipOutliers) => {
        const text = JSON.stringify(xyOption(scene(values, { logY, clipOutliers }), LIGHT_LOOK), (_, value) => {
          if (ArrayBuffer.isView(value))
            return Array.from(value as Float64Array, (v) => (v === Number.POSITIVE_INFINITY || v === Number.NEGATIVE_INFINITY ? 'INFINITE' : 1))
          return typeof value === 'number' && !Number.isFinite(value) ? 'INFINITE' : value
        })
        expect(text).not.toContain('INFINITE')
      }),
    )
  })
})

describe('y extent', () => {
  test('comes from finite values', () => {
    const { min, max } = scene([1, 2, Number.NaN, Number.POSITIVE_INFINITY, 3]).y
    expect([min, max].map((value) => Math.round(value * 100) / 100)).toEqual([0.9, 3.1])
  })
  test('does not go below zero for values that never do', () => {
    expect(scene([0.01, 3]).y.min).toBe(0)
  })
  test('gives a constant series room on both sides', () => {
    const { min, max } = scene([5, 5, 5]).y
    expect(min).toBeLessThan(5)
    expect(max).toBeGreaterThan(5)
  })
  test('follows the zoom', () => {
    expect(scene([100, 1, 2, 3], { view: [1, 3] }).y.max).toBeLessThan(4)
  })
  test('the outlier rule is off by default, and counts what it clips', () => {
    const values = Array.from({ length: 100 }, (_, i) => (i === 50 ? 1e6 : 1 + (i % 10) / 10))
    expect(yExtent(one(values), [0, 99]).max).toBeGreaterThan(1e6)
    const clipped = yExtent(one(values, { clipOutliers: true }), [0, 99])
    expect(clipped.max).toBeLessThan(3)
    expect(clipped.clipped).toBe(1)
  })
  test('a log axis counts what it cannot show', () => {
    expect(yExtent(one([1, 0, -2, 10], { logY: true }), [0, 3]).notPositive).toBe(2)
  })
})

describe('dots', () => {
  test('keep one per occupied spot', () => {
    const pairs = Float64Array.of(0, 0, 0.001, 0, 5, 5, 10, 10)
    expect([...thinDots(pairs, { x: [0, 10], y: [0, 10] }, { width: 100, height: 100 }, 2)]).toEqual([0, 0, 5, 5, 10, 10])
  })
})

describe('reading values', () => {
  const two = sampleXy(
    [
      sampleLine(0, sampleColumns([1, 2, 3, 4], { ...none, runId: 'a' })),
      sampleLine(1, sampleColumns([4, Number.NaN, 2, 1], { ...none, runId: 'b', step: (i) => i * 2 })),
    ],
    none,
  )
  const at = xyScene(two, 'line', LIGHT_LOOK, size)

  test('takes the nearest point of every line', () => {
    expect(readings(at, 3, null).map((reading) => [reading.line.runId, reading.raw, reading.step])).toEqual([
      ['a', 4, 3],
      ['b', 2, 4],
    ])
  })
  test('says NaN where NaN is nearest', () => {
    expect(readings(at, 2, null).map((reading) => [reading.raw, reading.nonFinite])).toEqual([
      [3, null],
      [null, 'NaN'],
    ])
  })
  test('does not read a line far beyond its end', () => {
    expect(readings(at, 6, null).map((reading) => reading.line.runId)).toEqual(['b'])
  })
  test('sorts by distance from the pointer, above or below alike', () => {
    const list = readings(at, 0, plotY(at, 3.9))
    expect(sortReadings(list, 'nearest').map((reading) => reading.line.runId)).toEqual(['b', 'a'])
    expect(sortReadings(list, 'ascending').map((reading) => reading.raw)).toEqual([1, 4])
    expect(sortReadings(list, 'descending').map((reading) => reading.raw)).toEqual([4, 1])
  })
  test('arrow keys visit every x, also those with NaN only', () => {
    const visited: number[] = []
    for (let x = nextX(at, Number.NEGATIVE_INFINITY, 1); x !== null; x = nextX(at, x, 1)) visited.push(x)
    expect(visited).toEqual([0, 1, 2, 3, 4, 6])
    expect(nextX(at, 2, -1)).toBe(1)
    expect(nextX(at, 0, -1)).toBeNull()
  })
  test('the pointer rests on data', () => {
    expect(snapX(at, plotX(at, 1.1))).toBe(1)
  })
  test('the gap is train minus val of one run', () => {
    const lines = (['train', 'val'] as const).map((split, i) =>
      sampleLine(i, sampleColumns([0.9 - i * 0.2], none), { key: split, split, runId: 'a' }),
    )
    const list = readings(xyScene(sampleXy(lines, none), 'line', LIGHT_LOOK, size), 0, null)
    expect(generalisationGap(list, 'a')).toBeCloseTo(0.2)
    expect(generalisationGap(list.slice(0, 1), 'a')).toBeNull()
  })
})

describe('zoom', () => {
  test('about a point keeps that point in place', () => {
    const range = zoomed([0, 100], 25, 0.5, [0, 100])!
    expect(range).toEqual([12.5, 62.5])
  })
  test('out to everything is no zoom', () => {
    expect(zoomed([20, 80], 50, 4, [0, 100])).toBeNull()
  })
  test('in has an end', () => {
    let range: [number, number] = [0, 100]
    for (let i = 0; i < 200; i++) range = zoomed(range, 50, 0.5, [0, 100]) ?? range
    expect(range[1]).toBeGreaterThan(range[0])
  })
  test('panning stops at the ends', () => {
    expect(panned([10, 20], -50, [0, 100])).toEqual([0, 10])
    expect(panned([10, 20], 500, [0, 100])).toEqual([90, 100])
  })
})

describe('notes', () => {
  test('say how it is smoothed, how many are drawn and what is not finite', () => {
    const values = Array.from({ length: 50 }, (_, i) => (i < 3 ? Number.NaN : i))
    const notes = xyNotes(sampleXy([sampleLine(0, sampleColumns(values))]), 'line').join(' ')
    expect(notes).toContain('EMA, weight 0.6, over every point')
    expect(notes).toContain('All 47 points drawn')
    expect(notes).toContain('3 NaN or infinite values: gaps, marked at the edge (× NaN)')
  })
  test('say when points are thinned', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => Math.sin(i))
    expect(xyNotes(sampleXy([sampleLine(0, sampleColumns(values))]), 'line').join(' ')).toMatch(/2,\d{3} of 20,000 points drawn/)
  })
  test('say what is hidden, clipped or impossible to show', () => {
    const columns = sampleColumns([1, 0, 2], none)
    const notes = xyNotes(sampleXy([sampleLine(0, { ...columns, superseded: 7 })], { ...none, logY: true }), 'line').join(' ')
    expect(notes).toContain('7 superseded points (abandoned attempts or rewritten steps) hidden')
    expect(notes).toContain('1 value ≤ 0 cannot be shown')
  })
})
