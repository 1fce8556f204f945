import { describe, expect, it } from 'vitest'
import { recordsAt, stepsOf } from '../../app/_run/record-steps.ts'

const record = (id: number, name: string, step: number) => ({ id, name, step })
const records = [record(1, 'filters', 0), record(5, 'filters', 100), record(4, 'filters', 100), record(2, 'grid10', 50), record(3, 'grid2', 0)]

describe('recordsAt', () => {
  it('shows each name as it stood at the step, in logging order and natural order of names', () => {
    expect(recordsAt(records, 120).map(({ name, shown }) => [name, shown.map((one) => one.id)])).toEqual([
      ['filters', [4, 5]],
      ['grid2', [3]],
      ['grid10', [2]],
    ])
  })

  it('keeps the place of a name that comes later', () => {
    expect(recordsAt(records, 10).map(({ name, shown }) => [name, shown.length])).toEqual([
      ['filters', 1],
      ['grid2', 1],
      ['grid10', 0],
    ])
  })

  it('lists the steps there are', () => {
    expect(stepsOf(records)).toEqual([0, 50, 100])
  })
})
