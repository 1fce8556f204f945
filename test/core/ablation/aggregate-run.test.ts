import { describe, expect, test } from 'vitest'
import { aggregateRun, pointsNeeded, type RunSeries } from '../../../core/ablation/aggregate-run.ts'
import type { Aggregate } from '../../../core/ablation/study.ts'
import type { SeriesSummary } from '../../../core/run.ts'
import { metric } from './study-fixtures.ts'

function series(all: Record<string, [step: number, value: number][]>): RunSeries {
  return {
    points: (name) => (all[name] ? { steps: all[name].map(([step]) => step), values: all[name].map(([, value]) => value) } : null),
    summary: (name): SeriesSummary | null => {
      const points = all[name]
      if (!points) return null
      const finite = points.filter(([, value]) => Number.isFinite(value))
      const min = Math.min(...finite.map(([, value]) => value))
      const max = Math.max(...finite.map(([, value]) => value))
      const stepOf = (wanted: number) => finite.find(([, value]) => value === wanted)?.[0] ?? null
      return {
        name,
        n: points.length,
        superseded: 0,
        nonFinite: points.length - finite.length,
        firstStep: points[0]![0],
        lastStep: points.at(-1)![0],
        last: points.at(-1)![1],
        lastWall: 0,
        min: finite.length === 0 ? Number.NaN : min,
        max: finite.length === 0 ? Number.NaN : max,
        mean: 0,
        minStep: stepOf(min),
        maxStep: stepOf(max),
        goal: null,
      }
    },
  }
}

const take = (aggregate: Aggregate, all: Record<string, [number, number][]>, goal: 'min' | 'max' = 'max') =>
  aggregateRun(metric('acc', { aggregate, goal }), series(all))

describe('the one number of a run', () => {
  const acc: [number, number][] = [
    [1, 0.5],
    [2, 0.9],
    [3, 0.7],
  ]

  test('last and best by the metric’s goal, each with its step', () => {
    expect(take({ kind: 'last' }, { acc })).toEqual({ value: 0.7, step: 3, note: null })
    expect(take({ kind: 'best' }, { acc })).toEqual({ value: 0.9, step: 2, note: null })
    expect(take({ kind: 'best' }, { acc }, 'min')).toEqual({ value: 0.5, step: 1, note: null })
  })

  test('a last value that is NaN is no number, and says so; an earlier best one still is', () => {
    const broken: [number, number][] = [
      [1, 0.5],
      [2, Number.NaN],
    ]
    expect(take({ kind: 'last' }, { acc: broken })).toEqual({ value: null, reason: 'not-finite', note: 'Its last acc (step 2) is NaN: it diverged.' })
    expect(take({ kind: 'best' }, { acc: broken })).toEqual({ value: 0.5, step: 1, note: 'Best of 1 values; 1 more of acc are NaN or infinite.' })
    expect(take({ kind: 'best' }, { acc: [[1, Number.POSITIVE_INFINITY]] })).toMatchObject({ value: null, reason: 'not-finite' })
  })

  test('no such series', () => {
    expect(take({ kind: 'last' }, {})).toMatchObject({ value: null, reason: 'no-series' })
    expect(take({ kind: 'at-best', metric: 'val', goal: 'max' }, { acc })).toMatchObject({ value: null, reason: 'no-series' })
  })

  test('mean of the last k; fewer points are said; a NaN among them counts', () => {
    expect(take({ kind: 'mean-last', count: 2 }, { acc })).toMatchObject({ value: 0.8, note: null })
    expect(take({ kind: 'mean-last', count: 9 }, { acc })).toMatchObject({
      value: expect.closeTo(0.7, 12),
      note: 'Mean of 3 values: there are no 9 of acc.',
    })
    expect(
      take(
        { kind: 'mean-last', count: 2 },
        {
          acc: [
            [1, Number.NaN],
            [2, 1],
          ],
        },
      ),
    ).toMatchObject({ value: null, reason: 'not-finite' })
    expect(
      take(
        { kind: 'mean-last', count: 1 },
        {
          acc: [
            [1, Number.NaN],
            [2, 1],
          ],
        },
      ),
    ).toMatchObject({ value: 1 })
  })

  test('at the best step of another metric: the first of equals, NaN never best', () => {
    const val: [number, number][] = [
      [1, 0.2],
      [2, 0.6],
      [3, 0.6],
      [4, Number.NaN],
    ]
    expect(take({ kind: 'at-best', metric: 'val', goal: 'max' }, { acc, val })).toEqual({ value: 0.9, step: 2, note: null })
    expect(take({ kind: 'at-best', metric: 'val', goal: 'min' }, { acc, val })).toEqual({ value: 0.5, step: 1, note: null })
  })

  test('a point logged between two evaluations belongs to the earlier one; a point of another evaluation is not taken', () => {
    const val: [number, number][] = [
      [10, 0.2],
      [20, 0.9],
      [30, 0.5],
    ]
    expect(
      take(
        { kind: 'at-best', metric: 'val', goal: 'max' },
        {
          acc: [
            [11, 0.1],
            [21, 0.8],
            [31, 0.9],
          ],
          val,
        },
      ),
    ).toEqual({
      value: 0.8,
      step: 21,
      note: 'val was best at step 20; the acc logged with it is of step 21.',
    })
    expect(take({ kind: 'at-best', metric: 'val', goal: 'max' }, { acc: [[30, 0.9]], val })).toMatchObject({
      value: null,
      reason: 'no-matching-step',
    })
  })

  test('points are asked for where a summary is not enough', () => {
    expect(
      pointsNeeded([
        metric('a'),
        metric('b', { aggregate: { kind: 'best' } }),
        metric('c', { aggregate: { kind: 'mean-last', count: 3 } }),
        metric('d', { aggregate: { kind: 'at-best', metric: 'c', goal: 'max' } }),
      ]),
    ).toEqual(['c', 'd'])
  })
})
