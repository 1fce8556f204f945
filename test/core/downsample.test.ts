import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PixelColumns } from '../../core/downsample.ts'
import type { Points } from '../../core/span.ts'
import { summarise } from '../../core/span.ts'

const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
)
/** A line: steps strictly increasing. */
const line = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), value), { minLength: 1, maxLength: 300 }).map((rows) => {
  let step = -50
  const steps = rows.map(([gap]) => (step += gap))
  return toPoints(
    steps,
    rows.map((row) => row[1]),
  )
})
const width = fc.integer({ min: 1, max: 40 })

function toPoints(step: number[], y: number[]): Points {
  return { step: Float64Array.from(step), wall: Float64Array.from(step, (s) => 1e12 + s), value: Float64Array.from(y) }
}

function thin(points: Points, columns: number, low = points.step[0]!, high = points.step.at(-1)!) {
  const pixels = new PixelColumns(low, high, columns)
  pixels.addPoints(points.step, 0, points, 0, points.step.length)
  return { pixels, ...pixels.finish() }
}

/** The points of each column, worked out plainly. */
function byColumn(points: Points, columns: number, low: number, high: number): number[][] {
  const lists: number[][] = Array.from({ length: columns }, () => [])
  points.step.forEach((x, i) => {
    if (x < low || x > high) return
    const at = high > low ? Math.min(columns - 1, Math.floor((x - low) * (columns / (high - low)))) : 0
    lists[at]!.push(i)
  })
  return lists
}

describe('pixel columns', () => {
  test('keep the first, last, lowest and highest finite point of every column', () => {
    fc.assert(
      fc.property(line, width, (points, columns) => {
        const { x, y, pixels } = thin(points, columns)
        for (const list of byColumn(points, columns, pixels.low, pixels.high)) {
          const finite = list.filter((i) => Number.isFinite(points.value[i]!))
          if (finite.length === 0) continue
          const kept = [...x].flatMap((at, k) => (at >= points.step[list[0]!]! && at <= points.step[list.at(-1)!]! ? [[at, y[k]!]] : []))
          const values = finite.map((i) => points.value[i]!)
          expect(kept[0]).toEqual([points.step[finite[0]!]!, values[0]])
          expect(kept.at(-1)).toEqual([points.step[finite.at(-1)!]!, values.at(-1)])
          expect(Math.min(...kept.map((point) => point[1]!))).toBe(Math.min(...values))
          expect(Math.max(...kept.map((point) => point[1]!))).toBe(Math.max(...values))
          expect(kept.length).toBeLessThanOrEqual(4)
        }
      }),
    )
  })

  test('draw only true points, in order of x, and count all of them', () => {
    fc.assert(
      fc.property(line, width, (points, columns) => {
        const { x, y, step, wall, exact, pixels } = thin(points, columns)
        const truth = new Map([...points.step].map((s, i) => [s, points.value[i]!]))
        x.forEach((at, i) => {
          if (i > 0) expect(at).toBeGreaterThan(x[i - 1]!)
          expect(y[i]).toBe(truth.get(at))
          expect(step[i]).toBe(at)
          expect(wall[i]).toBe(1e12 + at)
        })
        const finite = points.value.filter((v) => Number.isFinite(v)).length
        expect(pixels.n).toBe(points.step.length)
        expect(pixels.nonFinite).toBe(points.step.length - finite)
        expect(exact).toBe(x.length === finite)
      }),
    )
  })

  test('mark every kind of non-finite value once in every column that has it', () => {
    fc.assert(
      fc.property(line, width, (points, columns) => {
        const { nonFiniteX, nonFiniteKind, pixels } = thin(points, columns)
        const kindOf = (v: number) => (Number.isNaN(v) ? 0 : v > 0 ? 1 : 2)
        const expected = byColumn(points, columns, pixels.low, pixels.high).flatMap((list) =>
          [0, 1, 2].flatMap((kind) => {
            const first = list.find((i) => !Number.isFinite(points.value[i]!) && kindOf(points.value[i]!) === kind)
            return first === undefined ? [] : [[points.step[first]!, kind]]
          }),
        )
        expect([...nonFiniteX].map((x, i) => [x, nonFiniteKind[i]])).toEqual(expected)
      }),
    )
  })

  test('added one by one, in any order, the same points are drawn', () => {
    fc.assert(
      fc.property(line, width, fc.infiniteStream(fc.nat()), (points, columns, random) => {
        const whole = thin(points, columns)
        const shuffled = [...points.step.keys()].map((i) => [random.next().value as number, i] as const).sort((a, b) => a[0] - b[0])
        const pixels = new PixelColumns(points.step[0]!, points.step.at(-1)!, columns)
        for (const [, i] of shuffled) pixels.add(points.step[i]!, points.value[i]!, points.step[i]!, points.wall[i]!)
        const single = pixels.finish()
        // Where two points of a column are equally low or high, either may be kept.
        expect(new Set(single.y)).toEqual(new Set(whole.y))
        expect(single.nonFiniteX).toEqual(whole.nonFiniteX)
      }),
    )
  })

  test('summaries keep the extremes, the ends and the counts of their points', () => {
    fc.assert(
      fc.property(line, width, fc.integer({ min: 1, max: 50 }), (points, columns, size) => {
        const n = points.step.length
        const pixels = new PixelColumns(points.step[0]!, points.step[n - 1]!, columns)
        for (let at = 0; at < n; at += size) pixels.addSummary(summarise(points, at, Math.min(n, at + size), at), (step) => step)
        const { x, y, exact } = pixels.finish()
        const finite = [...points.value].filter((v) => Number.isFinite(v))
        const truth = new Map([...points.step].map((s, i) => [s, points.value[i]!]))
        x.forEach((at, i) => {
          expect(y[i]).toBe(truth.get(at))
        })
        expect(exact).toBe(false)
        expect(pixels.n).toBe(n)
        expect(pixels.nonFinite).toBe(n - finite.length)
        if (finite.length > 0) {
          expect(Math.min(...y)).toBe(Math.min(...finite))
          expect(Math.max(...y)).toBe(Math.max(...finite))
        }
      }),
    )
  })

  test('a stretch of nothing but NaN marks every column it covers', () => {
    const points = toPoints([0, 50, 100], [Number.NaN, Number.NaN, Number.NaN])
    const pixels = new PixelColumns(0, 100, 10)
    pixels.addSummary(summarise(points, 0, 3, 0), (step) => step)
    expect(pixels.finish().nonFiniteX.length).toBe(10)
  })

  test('points outside the range are left out and not counted', () => {
    const points = toPoints([0, 1, 2, 3], [1, 2, 3, 4])
    const { x, pixels } = thin(points, 10, 1, 2)
    expect([...x]).toEqual([1, 2])
    expect(pixels.n).toBe(2)
  })

  test('one point, equal ends and an infinitely wide range do not fail', () => {
    expect([...thin(toPoints([5], [1]), 10).x]).toEqual([5])
    expect([...thin(toPoints([5, 6], [1, 2]), 1, 5, 5).x]).toEqual([5])
    const wide = new PixelColumns(-1.7e308, 1.7e308, 4)
    wide.add(-1.7e308, 1, 0, 0)
    wide.add(1.7e308, 2, 1, 0)
    expect([...wide.finish().y]).toEqual([1, 2])
  })
})
