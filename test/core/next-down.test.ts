import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextDown } from '../../core/next-down.ts'

test('is below, with nothing between', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      const below = nextDown(x)
      expect(below).toBeLessThan(x)
      const middle = below + (x - below) / 2
      expect(middle === below || middle === x || below === Number.NEGATIVE_INFINITY).toBe(true)
    }),
  )
  expect(nextDown(Number.POSITIVE_INFINITY)).toBe(Number.MAX_VALUE)
  expect(nextDown(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY)
})
