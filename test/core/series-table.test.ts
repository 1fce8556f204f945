import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SeriesSummary } from '../../core/run.ts'
import { fromSeriesTable, type SeriesTable, toSeriesTable } from '../../core/series-table.ts'
import { pack, unpack } from '../../core/wire.ts'

const count = fc.nat()
const step = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
const value = fc.double()
const summary: fc.Arbitrary<SeriesSummary> = fc.record({
  name: fc.string({ maxLength: 20 }),
  n: count,
  superseded: count,
  nonFinite: count,
  firstStep: step,
  lastStep: step,
  last: value,
  lastWall: fc.double({ noNaN: true }),
  min: value,
  max: value,
  mean: value,
  minStep: fc.option(step),
  maxStep: fc.option(step),
  goal: fc.constantFrom('min' as const, 'max' as const, null),
})

it('summaries arrive in the browser as they left the store, NaN, infinities, -0 and missing steps included', () => {
  fc.assert(
    fc.property(fc.array(summary, { maxLength: 20 }), (summaries) => {
      const table = unpack<SeriesTable>(JSON.parse(JSON.stringify(pack(toSeriesTable(summaries)))))
      // toEqual tells -0 from 0 and takes NaN as equal to NaN.
      expect(fromSeriesTable(table)).toEqual(summaries)
    }),
  )
})
