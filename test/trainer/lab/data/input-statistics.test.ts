import { expect, it } from 'vitest'
import { inputStatistics } from '../../../../trainer/lab/data/input-statistics.ts'

it('describes finite values and counts the others', () => {
  expect(inputStatistics(Float32Array.of(1, 2, 3, 0, Number.NaN, Number.POSITIVE_INFINITY), 2)).toEqual({
    rows: 2,
    mean: 1.5,
    std: Math.sqrt(1.25),
    min: 0,
    max: 3,
    notFinite: 2,
    zeros: 1,
  })
})

it('has nothing to say about no values', () => {
  expect(inputStatistics([], 0)).toEqual({ rows: 0, mean: null, std: null, min: null, max: null, notFinite: 0, zeros: 0 })
  expect(inputStatistics([Number.NaN], 1)).toMatchObject({ mean: null, std: null, min: null, notFinite: 1 })
})

it('loses nothing far from zero', () => {
  const { mean, std } = inputStatistics(
    Float64Array.from({ length: 1000 }, (_, i) => 1e9 + (i % 2)),
    1000,
  )
  expect([mean, std]).toEqual([expect.closeTo(1e9 + 0.5, 6), expect.closeTo(0.5, 9)])
})
