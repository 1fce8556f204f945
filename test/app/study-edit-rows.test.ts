import { describe, expect, it } from 'vitest'
import {
  addGroup,
  editorRows,
  groupRow,
  moveRow,
  placeBaseline,
  placed,
  placesBetween,
  relabelRow,
  removeGroup,
  renameGroup,
  toggleRow,
} from '../../app/_study/edit-rows.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { rowBlocks } from '../../core/table/row-order.ts'
import { starRuns, studyOf } from './study-fixture.ts'

const { study, result, settings } = studyOf(starRuns(), {}, 'base-0')
const labels = (now: TableSettings) => editorRows(result, now).map(({ label }) => label)
const keyOf = (label: string) => study.variants.find((variant) => variant.label === label)?.key ?? ''
const edited = (now: TableSettings, change: Partial<TableSettings>): TableSettings => ({ ...now, ...change })
const printed = (now: TableSettings) =>
  rowBlocks(result, now).map(({ title, rows }) => [title, ...rows.map((key) => study.variants.find((one) => one.key === key)?.label)])

describe('rows of the editor', () => {
  it('are those of the table, with the baseline marked', () => {
    expect(labels(settings)).toEqual(['full', 'w/o attention', 'w/o dropout', 'w/o norm'])
    expect(editorRows(result, settings).map(({ isBaseline, up, down }) => [isBaseline, up, down])).toEqual([
      [true, false, true],
      [false, true, true],
      [false, true, true],
      [false, true, false],
    ])
  })

  it('move as the table does, and the baseline stays where its setting says', () => {
    const moved = edited(settings, moveRow(result, settings, keyOf('w/o norm'), -1))
    expect(labels(moved)).toEqual(['full', 'w/o attention', 'w/o norm', 'w/o dropout'])
    expect(labels(edited(moved, { baselinePosition: 'last' })).at(-1)).toBe('full')
  })

  it('move no further than there are places', () => {
    const moved = edited(settings, moveRow(result, settings, keyOf('w/o norm'), -99))
    expect(labels(moved)).toEqual(['full', 'w/o norm', 'w/o attention', 'w/o dropout'])
  })

  it('let the baseline be moved by hand, and put back by its setting', () => {
    const moved = edited(settings, moveRow(result, settings, keyOf('full'), 2))
    expect(labels(moved)).toEqual(['w/o attention', 'w/o dropout', 'full', 'w/o norm'])
    expect(labels(edited(moved, placeBaseline(result, moved, 'first')))[0]).toBe('full')
  })

  it('hidden keep their place and can be shown again', () => {
    const hidden = edited(settings, toggleRow(settings, keyOf('w/o dropout')))
    expect(labels(hidden)).toHaveLength(4)
    expect(printed(hidden).flat()).not.toContain('w/o dropout')
    expect(toggleRow(hidden, keyOf('w/o dropout'))).toEqual({ hiddenRows: [] })
  })

  it('are renamed; their own name or none takes the override away', () => {
    const key = keyOf('w/o norm')
    const named = edited(settings, relabelRow(settings, key, ' no BN ', 'w/o norm'))
    expect(named.labels).toEqual({ [key]: 'no BN' })
    expect(relabelRow(named, key, '', 'w/o norm')).toEqual({ labels: {} })
    expect(relabelRow(named, key, 'w/o norm', 'w/o norm')).toEqual({ labels: {} })
  })

  it('stand in groups, and move within them alone', () => {
    let now = edited(settings, addGroup(settings, 'Parts'))
    for (const label of ['w/o norm', 'w/o attention']) now = edited(now, groupRow(now, keyOf(label), 0))
    expect(printed(now)).toEqual([
      [null, 'full', 'w/o dropout'],
      ['Parts', 'w/o norm', 'w/o attention'],
    ])
    now = edited(now, moveRow(result, now, keyOf('w/o attention'), -5))
    expect(printed(now)[1]).toEqual(['Parts', 'w/o attention', 'w/o norm'])
    const rows = editorRows(result, now)
    expect(placesBetween(rows, keyOf('full'), keyOf('w/o dropout'))).toBe(1)
    expect(placesBetween(rows, keyOf('full'), keyOf('w/o norm'))).toBe(0)
    now = edited(now, moveRow(result, now, keyOf('w/o dropout'), -1))
    expect(printed(now)).toEqual([
      [null, 'full', 'w/o dropout'],
      ['Parts', 'w/o attention', 'w/o norm'],
    ])
    now = edited(now, renameGroup(now, 0, 'Regularisation'))
    expect(printed(now)[1]?.[0]).toBe('Regularisation')
    expect(printed(edited(now, groupRow(now, keyOf('w/o norm'), null)))[0]).toContain('w/o norm')
    expect(printed(edited(now, removeGroup(now, 0)))).toHaveLength(1)
  })
})

describe('an item of a list', () => {
  it('goes where it is put, within the list', () => {
    expect(placed(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
    expect(placed(['a', 'b', 'c'], 'c', -9)).toEqual(['c', 'a', 'b'])
    expect(placed(['a'], 'x', 1)).toEqual(['a'])
  })
})
