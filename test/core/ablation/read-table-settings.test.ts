import { describe, expect, it } from 'vitest'
import { differingSettings, readTableSettings, sameSetting } from '../../../core/ablation/read-table-settings.ts'
import { DEFAULT_TABLE_SETTINGS, type TableSettings } from '../../../core/ablation/table-settings.ts'
import { partialTableSettings } from '../../../server/input/table-settings.ts'

const OTHER: TableSettings = {
  rows: ['b', 'a'],
  hiddenRows: ['c'],
  labels: { a: 'w/o α & β' },
  groups: [{ title: 'Parts', rows: ['a'] }],
  form: 'components',
  baselinePosition: 'last',
  shadeBaseline: true,
  metrics: ['test/accuracy'],
  columns: ['n', 'p'],
  spread: 'ci',
  uncertaintyFigures: 2,
  boldBest: false,
  underlineSecond: false,
  alpha: 0.01,
  test: 'wilcoxon',
  correction: 'bh',
  compareTo: 'previous',
  significanceMarks: 'stars',
  equivalenceMargins: { 'test/accuracy': 0.5 },
  caption: 'Mine.',
  label: 'tab:mine',
  footnotes: ['One.'],
}

describe('settings of an address', () => {
  it('come back whole, every one of them, and as the server takes them', () => {
    expect(readTableSettings(JSON.stringify(OTHER))).toEqual({ settings: OTHER, ignored: [] })
    expect(partialTableSettings.safeParse(OTHER).success).toBe(true)
    expect(readTableSettings(JSON.stringify(DEFAULT_TABLE_SETTINGS)).ignored).toEqual([])
  })

  it('are none without any', () => {
    expect(readTableSettings(null)).toEqual({ settings: {}, ignored: [] })
    expect(readTableSettings('')).toEqual({ settings: {}, ignored: [] })
  })

  it.each([
    ['{"spread":"huge"}', ['spread']],
    ['{"alpha":0}', ['alpha']],
    ['{"alpha":"0.05"}', ['alpha']],
    ['{"colour":"red"}', ['colour']],
    ['{"hiddenRows":["a",1]}', ['hiddenRows']],
    ['{"columns":["n","price"]}', ['columns']],
    ['{"labels":["a"]}', ['labels']],
    ['{"equivalenceMargins":{"m":-1}}', ['equivalenceMargins']],
    ['{"groups":[{"title":"x"}]}', ['groups']],
    ['{"__proto__":{"spread":"se"}}', ['__proto__']],
    ['not json', ['settings']],
    ['[1]', ['settings']],
    ['null', ['settings']],
  ])('that are nonsense are named and count as not given: %s', (text, ignored) => {
    const read = readTableSettings(text)
    expect(read).toEqual({ settings: {}, ignored })
    expect(({} as { spread?: string }).spread).toBeUndefined()
  })

  it('keep what is good beside what is not', () => {
    expect(readTableSettings('{"spread":"se","alpha":7}')).toEqual({ settings: { spread: 'se' }, ignored: ['alpha'] })
  })

  it('that the server would refuse are not read either', () => {
    for (const [key, value] of Object.entries({ alpha: 0.5, spread: 'x', rows: 'a', uncertaintyFigures: 3, equivalenceMargins: { m: 0 } })) {
      expect(partialTableSettings.safeParse({ [key]: value }).success).toBe(false)
      expect(readTableSettings(JSON.stringify({ [key]: value })).ignored).toEqual([key])
    }
  })
})

describe('differing settings', () => {
  it('are those that differ by value', () => {
    expect(differingSettings(DEFAULT_TABLE_SETTINGS, { spread: 'sd', alpha: 0.01, rows: [], labels: { a: 'A' } })).toEqual({
      alpha: 0.01,
      labels: { a: 'A' },
    })
  })

  it('compare records without regard to order, and lists with', () => {
    expect(sameSetting({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true)
    expect(sameSetting(['a', 'b'], ['b', 'a'])).toBe(false)
  })
})
