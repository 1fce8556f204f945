import { expect, test } from 'vitest'
import { nearMatches } from '../../core/near-match.ts'

test('finds what was meant, nearest first, and nothing far off', () => {
  const names = ['brave-otter-12', 'brave-otter-13', 'calm-heron-1', 'swift-lynx-9']
  expect(nearMatches('brave-oter-12', names)[0]).toBe('brave-otter-12')
  expect(nearMatches('heron', names)).toEqual(['calm-heron-1'])
  expect(nearMatches('OTTER', names)).toEqual(['brave-otter-12', 'brave-otter-13'])
  expect(nearMatches('zzzzzz', names)).toEqual([])
})
