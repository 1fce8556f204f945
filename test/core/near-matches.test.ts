import { expect, test } from 'vitest'
import { nearMatches } from '../../core/near-matches.ts'

test('finds what was meant, nearest first, and nothing far off', () => {
  const names = ['brave-otter-12', 'brave-otter-13', 'calm-heron-1', 'swift-lynx-9']
  expect(nearMatches('brave-oter-12', names)[0]).toBe('brave-otter-12')
  expect(nearMatches('heron', names)).toEqual(['calm-heron-1'])
  expect(nearMatches('OTTER', names)).toEqual(['brave-otter-12', 'brave-otter-13'])
  expect(nearMatches('zzzzzz', names)).toEqual([])
})

const OPTIONS = ['project', 'name', 'tags', 'notes', 'systemMetrics']

test.each([
  ['projct', 'project'],
  ['proejct', 'project'],
  ['Project', 'project'],
  ['tag', 'tags'],
  ['note', 'notes'],
  ['sytem_metrics', 'systemMetrics'],
  ['learningRate', null],
  ['', null],
])('%s is taken for %s', (typed, meant) => {
  expect(nearMatches(typed, OPTIONS, 1)[0] ?? null).toBe(meant)
})
