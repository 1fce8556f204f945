import { describe, expect, it } from 'vitest'
import { sortSeries } from '../../app/_run/series-columns.ts'
import type { SeriesSummary } from '../../core/run.ts'

const one = (name: string, last: number): SeriesSummary => ({
  name,
  last,
  n: 1,
  superseded: 0,
  nonFinite: 0,
  firstStep: 0,
  lastStep: 0,
  lastWall: 0,
  min: last,
  max: last,
  mean: last,
  minStep: 0,
  maxStep: 0,
  goal: null,
})
const series = [one('b10', 2), one('nan', Number.NaN), one('b2', 2), one('inf', Number.POSITIVE_INFINITY), one('a', -1)]
const names = (key: 'name' | 'last', descending: boolean) => sortSeries(series, { key, descending }).map((s) => s.name)

describe('sortSeries', () => {
  it('sorts numbers both ways, NaN always last and ties by name', () => {
    expect(names('last', false)).toEqual(['a', 'b2', 'b10', 'inf', 'nan'])
    expect(names('last', true)).toEqual(['inf', 'b2', 'b10', 'a', 'nan'])
  })

  it('sorts names naturally and leaves its input alone', () => {
    expect(names('name', false)).toEqual(['a', 'b2', 'b10', 'inf', 'nan'])
    expect(names('name', true)).toEqual(['nan', 'inf', 'b10', 'b2', 'a'])
    expect(series[0]?.name).toBe('b10')
  })
})
