import { describe, expect, it } from 'vitest'
import type { StudyMetric } from '../../../core/ablation/study.ts'
import { plainText, type TableDocument } from '../../../core/table/table-document.ts'
import { ACCURACY, type ExampleRow, exampleTable, LOSS, ROWS, textRows } from './example-study.ts'

const captionOf = (table: TableDocument) => plainText(table.caption)
const cellsOf = (table: TableDocument, column: number) => table.lines.flatMap((line) => (line.kind === 'row' ? [line.cells[column]] : []))

describe('the table of a study', () => {
  it('has mean and spread, difference in points, adjusted p and n', () => {
    const table = exampleTable()
    expect(textRows(table)).toEqual([
      ['Full model', '94.27 ± 0.12', '–', '–', '5'],
      ['---'],
      ['w/o attention', '92.69 ± 0.07', '−1.58', '<0.001', '5'],
      // scipy.stats.ttest_rel: p = 0.4320 (the larger of the two, which Holm leaves as it is).
      ['w/o dropout', '94.26 ± 0.12', '−0.01', '0.432', '5'],
    ])
    expect(table.spanners.map(({ header, first, columns }) => [plainText(header), first, columns])).toEqual([['Test accuracy (%) ↑', 1, 3]])
  })

  it('takes differences from unrounded means', () => {
    const rows = [
      { key: 'a', values: { 'test/accuracy': [0.94274] } },
      { key: 'b', values: { 'test/accuracy': [0.92694] } },
    ]
    expect(textRows(exampleTable(rows, [ACCURACY], { columns: ['difference'], compareTo: 'previous' })).flat()).toContain('−1.58')
  })

  it('prints no ± for one seed, and says so in the caption', () => {
    const one = ROWS.map((row) => ({ ...row, values: { 'test/accuracy': [row.values['test/accuracy']?.[0] ?? null] } }))
    const table = exampleTable(one)
    expect(textRows(table)[0]?.[1]).toBe('94.31')
    expect(captionOf(table)).toContain('one seed: no spread can be given')
  })

  it('prints the word for rows that failed, and never drops them', () => {
    const failed = { key: 'norm', label: 'w/o norm', values: { 'test/accuracy': [null, null, null, null, null] } }
    expect(
      textRows(exampleTable([...ROWS, failed]))
        .at(-1)
        ?.slice(0, 3),
    ).toEqual(['w/o norm', 'failed', '–'])
  })
})

describe('best and second best', () => {
  const styles = (table: TableDocument, column: number) =>
    cellsOf(table, column).map((cell) => (cell?.bold ? 'bold' : cell?.underline ? 'underlined' : ''))
  const constant = (key: string, value: number) => ({ key, values: { 'test/accuracy': [value], 'test/loss': [value] } })

  it('go by what is printed, so that ties share a place', () => {
    const table = exampleTable([constant('a', 0.94271), constant('b', 0.94269), constant('c', 0.9), constant('d', 0.8)])
    expect(styles(table, 1)).toEqual(['bold', 'bold', 'underlined', ''])
  })

  it('follow the goal of the metric', () => {
    const table = exampleTable([constant('a', 0.3), constant('b', 0.2), constant('c', 0.1)], [LOSS], { columns: [] })
    expect(styles(table, 1)).toEqual(['', 'underlined', 'bold'])
  })

  it('are not marked where all are equal', () => {
    expect(styles(exampleTable([constant('a', 0.5), constant('b', 0.5)]), 1)).toEqual(['', ''])
  })

  it('can be switched off', () => {
    expect(styles(exampleTable(ROWS, [ACCURACY], { boldBest: false, underlineSecond: false }), 1)).toEqual(['', '', ''])
  })
})

describe('digits', () => {
  it('are the same for a whole column, as many as its spreads support', () => {
    const table = exampleTable(ROWS, [LOSS], { columns: [] })
    expect(cellsOf(table, 1).map((cell) => (cell?.kind === 'measure' ? [cell.value, cell.spread] : null))).toEqual([
      ['0.213', '0.008'],
      ['0.290', '0.016'],
      ['0.217', '0.007'],
    ])
  })

  it('of intervals follow the column too', () => {
    expect(textRows(exampleTable(ROWS, [ACCURACY], { spread: 'min-max', columns: [] }))[0]?.[1]).toBe('94.27 [94.12, 94.45]')
  })
})

describe('rows', () => {
  it('stand in groups, with what is hidden named in a footnote', () => {
    const table = exampleTable(ROWS, [ACCURACY], { columns: [], hiddenRows: ['dropout'], groups: [{ title: 'Parts', rows: ['attention'] }] })
    expect(textRows(table).map(([first]) => first)).toEqual(['Full model', '# Parts', 'w/o attention'])
    expect(table.footnotes.map(plainText)).toContain('Not shown: w/o dropout.')
  })

  it('have the baseline last when wanted, apart from the others and shaded', () => {
    const table = exampleTable(ROWS, [ACCURACY], { columns: [], baselinePosition: 'last', shadeBaseline: true })
    expect(textRows(table).map(([first]) => first)).toEqual(['w/o attention', 'w/o dropout', '---', 'Full model'])
    expect(table.lines.flatMap((line) => (line.kind === 'row' ? [line.shaded] : []))).toEqual([false, false, true])
  })

  it('keep an order set by hand, new variants at the end', () => {
    const table = exampleTable(ROWS, [ACCURACY], { columns: [], rows: ['dropout', 'full', 'gone'] })
    expect(textRows(table).map(([first]) => first)).toEqual(['w/o dropout', 'Full model', 'w/o attention'])
  })

  it('can be a matrix of check marks', () => {
    const table = exampleTable(ROWS, [ACCURACY], { columns: [], form: 'components' })
    expect(table.columns.slice(0, 2).map(({ header }) => plainText(header))).toEqual(['attention', 'dropout'])
    expect(
      textRows(table)
        .filter((row) => row.length > 1)
        .map((row) => row.slice(0, 2)),
    ).toEqual([
      ['✓', '✓'],
      ['', '✓'],
      ['✓', ''],
    ])
  })
})

describe('the generated caption', () => {
  it('names spread, n, selection, test, correction and marks', () => {
    const caption = captionOf(exampleTable(ROWS, [ACCURACY], { significanceMarks: 'dagger' }))
    for (const part of [
      'What attention is worth.',
      'Mean ± sample standard deviation over n\u00a0=\u00a05 seeds.',
      'Values at the end of training.',
      'Δ: difference from “Full model”, in percentage points for percentages, from unrounded means.',
      'p: two-sided paired t-test, Holm-corrected over 2 comparisons.',
      'Bold: best; underlined: second best, by the printed value.',
      '† p ≤ 0.05.',
    ])
      expect(caption).toContain(part)
  })

  it('gives way to the one a person wrote', () => {
    expect(captionOf(exampleTable(ROWS, [ACCURACY], { caption: 'My words.' }))).toBe('My words.')
  })
})

it('marks significant differences, and the mean where no difference is shown', () => {
  expect(textRows(exampleTable(ROWS, [ACCURACY], { significanceMarks: 'stars', columns: ['difference'] }))[2]).toEqual([
    'w/o attention',
    '92.69 ± 0.07',
    '−1.58***',
  ])
  expect(textRows(exampleTable(ROWS, [ACCURACY], { significanceMarks: 'dagger', columns: [] }))[2]).toEqual(['w/o attention', '92.69 ± 0.07†'])
})

it('shows parameters, FLOPs and time of a variant', () => {
  expect(textRows(exampleTable(ROWS, [ACCURACY], { columns: ['parameters', 'flops', 'time'] }))[0]?.slice(2)).toEqual(['52.3k', '1.23M', '61.3'])
})

it('gives a column up to two decimals more where a spread would print as 0 though the seeds differ', () => {
  const accuracy: StudyMetric = { ...ACCURACY, digits: 'uncertainty' }
  const rows = (quiet: number[]) =>
    [
      { key: 'loud', values: { 'test/accuracy': [0.5, 0.52, 0.54] } },
      { key: 'middle', values: { 'test/accuracy': [0.6, 0.62, 0.64] } },
      { key: 'quiet', values: { 'test/accuracy': quiet } },
    ] satisfies ExampleRow[]
  const means = (quiet: number[]) => textRows(exampleTable(rows(quiet), [accuracy], { columns: [] })).flatMap(([, mean]) => mean ?? [])
  expect(means([0.7, 0.701, 0.702])).toEqual(['52.0 ± 2.0', '62.0 ± 2.0', '70.1 ± 0.1'])
  expect(means([0.7, 0.7001, 0.7002])).toEqual(['52.00 ± 2.00', '62.00 ± 2.00', '70.01 ± 0.01'])
  expect(means([0.7, 0.700001, 0.700002])).toEqual(['52.00 ± 2.00', '62.00 ± 2.00', '70.00 ± 0.00'])
  // Equal seeds have no spread to lose.
  expect(means([0.7, 0.7, 0.7])).toEqual(['52 ± 2', '62 ± 2', '70 ± 0'])
})
