import { describe, expect, test } from 'vitest'
import type { LineRun } from '../../core/line.ts'
import { lineSources } from '../../core/line.ts'

const own = (id: string, firstStep: number) => ({ id, firstStep })
const seen = (sources: ReturnType<typeof lineSources<{ id: string }>>) => sources.map(({ series, before, limit }) => [series.id, before, limit])
const INF = Number.POSITIVE_INFINITY

describe('line of a metric', () => {
  test('one attempt is shown whole', () => {
    expect(seen(lineSources([{ forkStep: null, attempts: [{ forkStep: null, series: own('a', 3) }] }]))).toEqual([['a', INF, INF]])
  })

  test('a resumed run ends the older attempt at the fork step, or where the newer one begins', () => {
    const attempts = (forkStep: number | null) => [
      { forkStep: null, series: own('a', 0) },
      { forkStep, series: own('b', 60) },
    ]
    expect(seen(lineSources([{ forkStep: null, attempts: attempts(null) }]))).toEqual([
      ['a', 60, INF],
      ['b', INF, INF],
    ])
    expect(seen(lineSources([{ forkStep: null, attempts: attempts(40) }]))[0]).toEqual(['a', 40, INF])
  })

  test('an attempt that never logged the metric cuts it only when its fork step was given', () => {
    const run = (forkStep: number | null): LineRun<{ id: string }>[] => [
      {
        forkStep: null,
        attempts: [
          { forkStep: null, series: own('a', 0) },
          { forkStep, series: null },
        ],
      },
    ]
    expect(seen(lineSources(run(null)))).toEqual([['a', INF, INF]])
    expect(seen(lineSources(run(50)))).toEqual([['a', 50, INF]])
  })

  test('the earliest of several later forks ends an attempt', () => {
    const attempts = [
      { forkStep: null, series: own('a', 0) },
      { forkStep: 80, series: own('b', 80) },
      { forkStep: 50, series: own('c', 50) },
    ]
    expect(seen(lineSources([{ forkStep: null, attempts }]))).toEqual([
      ['a', 50, INF],
      ['b', 50, INF],
      ['c', INF, INF],
    ])
  })

  test('a fork shows its ancestors before their fork steps; what they logged later is theirs, not abandoned', () => {
    const sources = lineSources([
      { forkStep: null, attempts: [{ forkStep: null, series: own('root', 0) }] },
      { forkStep: 100, attempts: [{ forkStep: null, series: own('middle', 100) }] },
      { forkStep: 30, attempts: [{ forkStep: null, series: own('leaf', 30) }] },
    ])
    expect(seen(sources)).toEqual([
      ['root', 30, 30],
      ['middle', 30, 30],
      ['leaf', INF, INF],
    ])
  })

  test('a fork without a step begins where it logged first', () => {
    const runs = [
      { forkStep: null, attempts: [{ forkStep: null, series: own('parent', 0) }] },
      { forkStep: null, attempts: [{ forkStep: null, series: own('child', 70) }] },
    ]
    expect(seen(lineSources(runs))[0]).toEqual(['parent', 70, 70])
  })

  test('a fork that has not logged the metric shows its parent up to the fork step', () => {
    const runs = [
      { forkStep: null, attempts: [{ forkStep: null, series: own('parent', 0) }] },
      { forkStep: 20, attempts: [{ forkStep: null, series: null }] },
    ]
    expect(seen(lineSources<{ id: string }>(runs))).toEqual([['parent', 20, 20]])
  })
})
