import { expect, test } from 'vitest'
import { BoundedCache } from '../../db/sqlite/bounded-cache.ts'

test('what was used longest ago goes first when the budget is spent', () => {
  const cache = new BoundedCache<string>(10)
  cache.set('a', 'A', 4)
  cache.set('b', 'B', 4)
  expect(cache.get('a')).toBe('A')
  cache.set('c', 'C', 4)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C'])
})

test('replacing frees what the old value cost, and what is too large is not kept', () => {
  const cache = new BoundedCache<string>(10)
  cache.set('a', 'A', 5)
  cache.set('a', 'A2', 1)
  cache.set('b', 'B', 5)
  cache.set('c', 'C', 4)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A2', 'B', 'C'])
  cache.set('d', 'D', 6)
  expect(cache.get('d')).toBeUndefined()
  cache.set('a', 'A3', 6)
  expect(cache.get('a')).toBeUndefined()
})
