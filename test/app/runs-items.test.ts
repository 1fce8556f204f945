import { describe, expect, it } from 'vitest'
import { overviewRows } from '../../app/_runs/overview-rows.ts'
import { type TableItem, tableItems } from '../../app/_runs/table-items.ts'
import { DEFAULT_SORT } from '../../app/_runs/table-params.ts'
import { changeTags, tagCounts } from '../../app/_runs/tag-changes.ts'
import { completionSource, vocabularyOf } from '../../app/_runs/vocabulary-of.ts'
import { makeOverview } from './overview.ts'

const OVERVIEW = makeOverview(
  [
    { id: 'a', tags: ['x', 'y'], config: { lr: 0.1 }, metrics: { loss: 2 } },
    { id: 'b', tags: ['x'], config: { lr: 0.1, note: 'two words' }, metrics: { loss: 1 } },
    { id: 'c', config: { lr: 0.2 } },
  ],
  ['loss'],
)
const ROWS = overviewRows(OVERVIEW)
const ALL = { matches: () => true, sort: DEFAULT_SORT, group: null, open: new Set<string>() }
const keys = (items: TableItem[]) => items.map((item) => item.key)

describe('the lines of the table', () => {
  it('are the matching runs, sorted', () => {
    const sort = [{ field: { kind: 'metric', name: 'loss', figure: 'last' } as const, descending: false }]
    expect(keys(tableItems(ROWS, { ...ALL, sort }, 0).items)).toEqual(['b', 'a', 'c'])
    const { items, matching } = tableItems(ROWS, { ...ALL, matches: (row) => row.run.id !== 'a' }, 0)
    expect([keys(items), matching.length]).toEqual([['b', 'c'], 2])
  })

  it('fold into groups and unfold one', () => {
    const group = { kind: 'config', key: 'lr' } as const
    expect(keys(tableItems(ROWS, { ...ALL, group }, 0).items)).toEqual(['group:=0.1', 'group:=0.2'])
    expect(keys(tableItems(ROWS, { ...ALL, group, open: new Set(['=0.1']) }, 0).items)).toEqual(['group:=0.1', '=0.1:a', '=0.1:b', 'group:=0.2'])
  })

  it('have keys of their own where a run stands in several groups', () => {
    const { items } = tableItems(ROWS, { ...ALL, group: { kind: 'run', name: 'tag' }, open: new Set(['="x"', '="y"', 'none']) }, 0)
    expect(new Set(keys(items)).size).toBe(items.length)
    expect(items).toHaveLength(3 + 2 + 1 + 1)
  })
})

describe('names for the filter', () => {
  const vocabulary = vocabularyOf(ROWS, OVERVIEW)

  it('come from the runs', () => {
    expect([...vocabulary.configKeys]).toEqual(['lr', 'note'])
    expect([...vocabulary.metrics]).toEqual([['loss', 'min']])
  })

  it('come with their values, most common first', () => {
    const source = completionSource(ROWS, vocabulary)
    expect(source.values('tag')).toEqual(['x', 'y'])
    expect(source.values('config.lr')).toEqual(['0.1', '0.2'])
    expect(source.values('note')).toEqual(['two words'])
    expect(source.values('status')).toContain('crashed')
  })
})

describe('tags of several runs', () => {
  it('are counted', () => {
    expect([...tagCounts(ROWS.map((row) => row.run))]).toEqual([
      ['x', 2],
      ['y', 1],
    ])
  })

  it('change only where asked', () => {
    const change = changeTags(['new', 'x'], ['y'])
    expect(change(['x', 'y'])).toEqual(['x', 'new'])
    expect(change(['z'])).toEqual(['z', 'new', 'x'])
  })
})
