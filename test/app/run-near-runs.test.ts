import { describe, expect, it } from 'vitest'
import { nearRuns } from '../../app/_run/near-runs.ts'

const runs = [
  { id: '01hx', name: 'brave-otter-12', number: 12, project: 'mnist' },
  { id: '01hy', name: 'calm-fox-3', number: 3, project: 'mnist' },
  { id: '01hz', name: 'brave-oyster-2', number: 2, project: 'cifar' },
]
const names = (wanted: string) => nearRuns(wanted, runs).map((run) => run.name)

describe('nearRuns', () => {
  it('finds a run by a misspelt name, nearest first', () => {
    expect(names('brave-oter-12')).toEqual(['brave-otter-12', 'brave-oyster-2'])
  })

  it('finds a run by a part of its name and by its number', () => {
    expect(names('fox')).toEqual(['calm-fox-3'])
    expect(names('#12')[0]).toBe('brave-otter-12')
  })

  it('offers nothing when nothing is near', () => {
    expect(names('zzzzzzzzzzzz')).toEqual([])
    expect(names('')).toEqual([])
  })
})
