import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Field, fieldId, parseField } from '../../core/run-fields/field.ts'
import { groupRows, groupSpread } from '../../core/run-fields/group-rows.ts'
import { type SortRule, sortRows } from '../../core/run-fields/sort-rows.ts'
import { spreadOf } from '../../core/run-fields/spread.ts'
import { makeRow } from './run-rows.ts'

const LOSS: Field = { kind: 'metric', name: 'loss', figure: 'last' }
const LR: Field = { kind: 'config', key: 'lr' }
const numbers = (rows: readonly { run: { number: number } }[]) => rows.map((row) => row.run.number)
const by = (field: Field, descending = false): SortRule => ({ field, descending })

describe('fields', () => {
  it('survive the address', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'))
    const field = fc.oneof(
      fc.constantFrom('name', 'status', 'tag', 'created').map((run): Field => ({ kind: 'run', name: run as 'name' })),
      name.map((key): Field => ({ kind: 'config', key })),
      fc
        .tuple(name, fc.constantFrom('last', 'min', 'max'))
        .map(([metric, figure]): Field => ({ kind: 'metric', name: metric, figure: figure as 'last' })),
    )
    fc.assert(
      fc.property(field, (one) => {
        expect(parseField(fieldId(one))).toEqual(one)
      }),
    )
  })

  it('refuse nonsense', () => {
    expect(['', 'constructor', 'config.', 'mean(loss)', 'last()'].map(parseField)).toEqual([null, null, null, null, null])
  })
})

describe('sortRows', () => {
  const rows = [
    makeRow({ number: 1, config: { lr: 0.1 }, metrics: { loss: [0.5, 0, 0] } }),
    makeRow({ number: 2, config: { lr: 'NaN' }, metrics: { loss: [Number.NaN, 0, 0] } }),
    makeRow({ number: 3 }),
    makeRow({ number: 4, config: { lr: 0.01 }, metrics: { loss: [Number.POSITIVE_INFINITY, 0, 0] } }),
    makeRow({ number: 5, config: { lr: 0.1 }, metrics: { loss: [-1, 0, 0] } }),
  ]

  it('puts NaN after every number and missing values last, in both directions', () => {
    expect(numbers(sortRows(rows, [by(LOSS)], 0))).toEqual([5, 1, 4, 2, 3])
    expect(numbers(sortRows(rows, [by(LOSS, true)], 0))).toEqual([4, 1, 5, 2, 3])
    expect(numbers(sortRows(rows, [by(LR, true)], 0))).toEqual([1, 5, 4, 2, 3])
  })

  it('breaks ties by the next rule and keeps the order where all tie', () => {
    expect(numbers(sortRows(rows, [by(LR, true), by(LOSS)], 0))).toEqual([5, 1, 4, 2, 3])
    expect(numbers(sortRows(rows, [by({ kind: 'run', name: 'status' })], 0))).toEqual([1, 2, 3, 4, 5])
  })

  it('orders text as people count', () => {
    const named = ['run-10', 'Run-9', 'run-1'].map((name, index) => makeRow({ name, number: index }))
    expect(sortRows(named, [by({ kind: 'run', name: 'name' })], 0).map((row) => row.run.name)).toEqual(['run-1', 'Run-9', 'run-10'])
  })

  it('leaves its input alone and loses no row', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.boolean(), (values, descending) => {
        const some = values.map((value, number) => makeRow({ number, metrics: { loss: [value, 0, 0] } }))
        const sorted = sortRows(some, [by(LOSS, descending)], 0)
        expect(numbers(some)).toEqual(values.map((_, index) => index))
        expect(numbers(sorted).sort((a, b) => a - b)).toEqual(numbers(some))
        const finite = sorted.map((row) => row.metric('loss', 'last') ?? 0).filter((value) => !Number.isNaN(value))
        expect(finite).toEqual(finite.toSorted((a, b) => (descending ? (a < b ? 1 : a > b ? -1 : 0) : a < b ? -1 : a > b ? 1 : 0)))
      }),
    )
  })
})

describe('spreadOf', () => {
  it('gives mean and sample standard deviation over the finite values and counts the others', () => {
    const spread = spreadOf([2, 4, 4, 4, 5, 5, 7, 9, Number.NaN, Number.POSITIVE_INFINITY, undefined])
    expect(spread).toMatchObject({ mean: 5, n: 8, nonFinite: 2, missing: 1 })
    // R: sd(c(2,4,4,4,5,5,7,9))
    expect(spread.sd).toBeCloseTo(2.13808993529939, 13)
  })

  it('has no spread for one value and no mean for none', () => {
    expect(spreadOf([3])).toMatchObject({ mean: 3, sd: null, n: 1 })
    expect(spreadOf([Number.NaN])).toMatchObject({ mean: Number.NaN, sd: null, n: 0, nonFinite: 1 })
  })

  it('keeps its digits far from zero', () => {
    expect(spreadOf([1e9 + 1, 1e9 + 2, 1e9 + 3])).toMatchObject({ mean: 1e9 + 2, sd: 1 })
  })

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 2 }), (values) => {
        const forward = spreadOf(values)
        const backward = spreadOf(values.toReversed())
        expect(backward.mean).toBeCloseTo(forward.mean, 6)
        expect(backward.sd ?? 0).toBeCloseTo(forward.sd ?? 0, 6)
      }),
    )
  })
})

describe('groupRows', () => {
  const rows = [
    makeRow({ number: 1, tags: ['a', 'b'], config: { lr: 0.1 }, metrics: { loss: [3, 0, 0] } }),
    makeRow({ number: 2, tags: ['b'], config: { lr: 0.01 }, metrics: { loss: [1, 0, 0] } }),
    makeRow({ number: 3, config: { lr: 0.1 }, metrics: { loss: [5, 0, 0] } }),
    makeRow({ number: 4 }),
  ]
  const shape = (field: Field, sort: SortRule[] = []) => groupRows(rows, field, sort, 0).map((group) => [group.value, numbers(group.rows)])

  it('splits by a config key, missing last', () => {
    expect(shape(LR)).toEqual([
      [0.01, [2]],
      [0.1, [1, 3]],
      [undefined, [4]],
    ])
  })

  it('puts a run into the group of each of its tags', () => {
    expect(shape({ kind: 'run', name: 'tag' })).toEqual([
      ['a', [1]],
      ['b', [1, 2]],
      [undefined, [3, 4]],
    ])
  })

  it('orders groups by the mean of the sorted column', () => {
    expect(shape(LR, [by(LOSS, true)]).map(([value]) => value)).toEqual([0.1, 0.01, undefined])
    expect(shape(LR, [by(LOSS)]).map(([value]) => value)).toEqual([0.01, 0.1, undefined])
  })

  it('does not order them by when their runs happened to start', () => {
    expect(shape(LR, [by({ kind: 'run', name: 'created' }, true)]).map(([value]) => value)).toEqual([0.01, 0.1, undefined])
  })

  it('tells 1 from "1"', () => {
    const mixed = [makeRow({ number: 1, config: { lr: 1 } }), makeRow({ number: 2, config: { lr: '1' } })]
    expect(groupRows(mixed, LR, [], 0)).toHaveLength(2)
  })

  it('reads words for NaN in a config as numbers that are not finite', () => {
    expect(groupSpread([makeRow({ config: { lr: 'NaN' } }), makeRow({ config: { lr: 2 } })], LR, 0)).toMatchObject({ mean: 2, n: 1, nonFinite: 1 })
  })
})
