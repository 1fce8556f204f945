import { describe, expect, it } from 'vitest'
import { moveColumn, replaceColumn, toggleSort } from '../../app/_runs/column-order.ts'
import { configKeys, defaultColumns, defaultMetrics } from '../../app/_runs/default-columns.ts'
import { parseStoredView } from '../../app/_runs/stored-view.ts'
import { TABLE_PARAMS } from '../../app/_runs/table-params.ts'
import { type Field, fieldId, parseField } from '../../core/run-fields/field.ts'
import { makeRow } from '../core/run-rows.ts'

const fields = (ids: string[]) => ids.map((id) => parseField(id) as Field)
const COLUMNS = fields(['status', 'config.lr', 'last(loss)', 'created'])

describe('columns', () => {
  it('move in front of another', () => {
    expect(moveColumn(COLUMNS, 'created', 'config.lr').map(fieldId)).toEqual(['status', 'created', 'config.lr', 'last(loss)'])
    expect(moveColumn(COLUMNS, 'status', 'created').map(fieldId)).toEqual(['config.lr', 'last(loss)', 'status', 'created'])
  })

  it('stay when the move names nothing', () => {
    expect(moveColumn(COLUMNS, 'nothing', 'status')).toEqual(COLUMNS)
    expect(moveColumn(COLUMNS, 'status', 'status')).toEqual(COLUMNS)
  })

  it('are not shown twice when one is replaced by another that is there', () => {
    const both = fields(['last(loss)', 'min(loss)'])
    expect(replaceColumn(both, both[0] as Field, both[1] as Field).map(fieldId)).toEqual(['min(loss)'])
  })
})

describe('a click on a heading', () => {
  const click = (rules: Parameters<typeof toggleSort>[0], id: string, add = false) => toggleSort(rules, parseField(id) as Field, add)
  const shape = (rules: ReturnType<typeof toggleSort>) => rules.map((rule) => `${rule.descending ? '-' : ''}${fieldId(rule.field)}`)

  it('sorts the useful way first, then the other, then not', () => {
    const first = click([], 'last(val/accuracy)')
    const second = click(first, 'last(val/accuracy)')
    expect([shape(first), shape(second), shape(click(second, 'last(val/accuracy)'))]).toEqual([['-last(val/accuracy)'], ['last(val/accuracy)'], []])
    expect(shape(click([], 'last(val/loss)'))).toEqual(['last(val/loss)'])
    expect(shape(click([], 'name'))).toEqual(['name'])
    expect(shape(click([], 'created'))).toEqual(['-created'])
  })

  it('with Shift keeps the other rules and their places', () => {
    const two = click(click([], 'name'), 'last(loss)', true)
    expect(shape(two)).toEqual(['name', 'last(loss)'])
    expect(shape(click(two, 'name', true))).toEqual(['-name', 'last(loss)'])
    expect(shape(click(click(two, 'name', true), 'name', true))).toEqual(['last(loss)'])
  })
})

describe('the address', () => {
  it('keeps sort rules and columns', () => {
    const { sort, cols, group } = TABLE_PARAMS
    const rules = sort.parse('-last(val/loss),name')
    expect(rules?.map((rule) => [fieldId(rule.field), rule.descending])).toEqual([
      ['last(val/loss)', true],
      ['name', false],
    ])
    expect(sort.serialize(rules ?? [])).toBe('-last(val/loss),name')
    expect(cols.parse('status,config.lr')?.map(fieldId)).toEqual(['status', 'config.lr'])
    expect(group.parse('config.model.kind')).toEqual({ kind: 'config', key: 'model.kind' })
  })

  it('ignores nonsense', () => {
    expect(TABLE_PARAMS.sort.parse('nonsense,-,name')?.map((rule) => fieldId(rule.field))).toEqual(['name'])
    expect(TABLE_PARAMS.cols.parse('alert(1),status')?.map(fieldId)).toEqual(['status'])
    expect(TABLE_PARAMS.group.parse('constructor')).toBeNull()
  })

  it('survives a comma in a config key', () => {
    const columns = [{ kind: 'config', key: 'a,b' } as const]
    expect(TABLE_PARAMS.cols.parse(TABLE_PARAMS.cols.serialize(columns))).toEqual(columns)
  })
})

describe('what the browser remembers', () => {
  it.each([null, '', 'no json', '[]', '{"columns":"x","widths":3}', '{"columns":[1,"nonsense"],"widths":{"a":-1,"b":"c","d":1e9}}'])(
    'is nothing for %s',
    (text) => {
      expect(parseStoredView(text)).toEqual({ columns: null, widths: {} })
    },
  )

  it('comes back', () => {
    expect(parseStoredView('{"columns":["status","config.lr"],"widths":{"name":300}}')).toEqual({
      columns: fields(['status', 'config.lr']),
      widths: { name: 300 },
    })
  })
})

describe('the columns of a table nobody arranged', () => {
  const rows = [1, 2, 3, 4].map((number) =>
    makeRow({ number, config: { lr: number / 10, optimizer: 'adam', ...(number > 2 ? { width: 64 } : {}), ...(number === 4 ? { rare: 1 } : {}) } }),
  )

  it('lead with losses and accuracies, leave machine and layer metrics out', () => {
    expect(defaultMetrics(['system/cpu', 'update-ratio/dense', 'train/loss', 'val/accuracy', 'val/loss', 'lr'])).toEqual([
      'val/accuracy',
      'val/loss',
      'train/loss',
    ])
    expect(defaultMetrics(['speed'])).toEqual(['speed'])
  })

  it('show the config that differs, not what all share', () => {
    const ids = defaultColumns(
      rows,
      [
        { name: 'val/loss', runs: 4 },
        { name: 'val/accuracy', runs: 0 },
      ],
      true,
    ).map(fieldId)
    expect(ids).toEqual(expect.arrayContaining(['status', 'last(val/loss)', 'config.lr', 'config.width', 'created']))
    expect(ids).not.toContain('config.optimizer')
    expect(ids).not.toContain('last(val/accuracy)')
    expect(ids).not.toContain('project')
  })

  it('list config keys with several values first', () => {
    expect(configKeys(rows).map(({ key }) => key)).toEqual(['lr', 'rare', 'width', 'optimizer'])
  })
})
