import { expect, it } from 'vitest'
import { nearestName } from '../../core/nearest-name.ts'

const KNOWN = ['project', 'name', 'tags', 'notes', 'systemMetrics']

it.each([
  ['projct', 'project'],
  ['proejct', 'project'],
  ['Project', 'project'],
  ['tag', 'tags'],
  ['note', 'notes'],
  ['sytem_metrics', 'systemMetrics'],
  ['learningRate', null],
  ['', null],
])('%s is taken for %s', (typed, meant) => {
  expect(nearestName(typed, KNOWN)).toBe(meant)
})
