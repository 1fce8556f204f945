import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stableOrder } from '../../core/stable-order.ts'

test('sorts keys and keeps equal ones in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 20 }), { maxLength: 200 }), (keys) => {
      const expected = keys.map((key, i) => ({ key, i })).sort((a, b) => a.key - b.key || a.i - b.i)
      expect([...stableOrder(Float64Array.from(keys))]).toEqual(expected.map(({ i }) => i))
    }),
  )
})
