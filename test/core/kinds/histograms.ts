import fc from 'fast-check'
import { LOG10_RATIO } from '../../../core/kinds/histogram.ts'

const count = fc.nat(1_000_000)
export const edgesHistogram = fc
  .uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 20, comparator: (a, b) => a === b })
  .chain((edges) =>
    fc.record({
      layout: fc.constant('edges' as const),
      edges: fc.constant([...edges].sort((a, b) => a - b)),
      counts: fc.array(count, { minLength: edges.length - 1, maxLength: edges.length - 1 }),
      nonFinite: count,
    }),
  )
export const ratioHistogram = fc.record({
  layout: fc.constant('log10-ratio' as const),
  counts: fc.array(count, { minLength: LOG10_RATIO.bins, maxLength: LOG10_RATIO.bins }),
  zero: count,
  underflow: count,
  overflow: count,
  tinyWeight: count,
  nonFinite: count,
})
