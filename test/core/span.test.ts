import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Points } from '../../core/span.ts'
import { mergeSummaries, summarise } from '../../core/span.ts'

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -5, max: 5 }) },
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
)
const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 9 }), value), { minLength: 2, maxLength: 30 })

function points(list: [number, number, number][]): Points {
  return {
    step: Float64Array.from(list, (row) => row[0]),
    wall: Float64Array.from(list, (row) => row[1]),
    value: Float64Array.from(list, (row) => row[2]),
  }
}

describe('span summary', () => {
  test('merging two halves equals summarising the whole', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (list, at) => {
        const all = points(list)
        const cut = 1 + (at % (list.length - 1))
        expect(mergeSummaries(summarise(all, 0, cut, 7), summarise(all, cut, list.length, 7 + cut))).toEqual(summarise(all, 0, list.length, 7))
      }),
    )
  })

  test('figures are those of a plain count', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const summary = summarise(points(list), 0, list.length, 0)
        const steps = list.map((row) => row[0])
        const finite = list.filter((row) => Number.isFinite(row[2]))
        expect(summary.n).toBe(list.length)
        expect(summary.bad).toBe(list.length - finite.length)
        expect(summary.firstStep).toBe(Math.min(...steps))
        expect(summary.lastStep).toBe(Math.max(...steps))
        expect(summary.ordered).toBe(steps.every((step, i) => i === 0 || step > steps[i - 1]!))
        expect(summary.wallOrdered).toBe(list.every((row, i) => i === 0 || row[1] >= list[i - 1]![1]))
        expect(summary.min).toBe(finite.length > 0 ? Math.min(...finite.map((row) => row[2])) : Number.NaN)
        expect(summary.max).toBe(finite.length > 0 ? Math.max(...finite.map((row) => row[2])) : Number.NaN)
        expect(summary.sum).toBe(finite.reduce((sum, row) => sum + row[2], 0))
        const lowest = finite.find((row) => row[2] === summary.min)
        expect([summary.minStep, summary.minWall]).toEqual(lowest ? [lowest[0], lowest[1]] : [Number.NaN, Number.NaN])
      }),
    )
  })

  test('says which kinds of non-finite values occur, and the step of the first', () => {
    const summary = summarise(
      points([
        [1, 0, 1],
        [2, 0, Number.NEGATIVE_INFINITY],
        [3, 0, Number.NaN],
      ]),
      0,
      3,
      0,
    )
    expect(summary).toMatchObject({ bad: 2, badKinds: 1 + 4, badStep: 2 })
  })
})
