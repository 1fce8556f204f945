import { describe, expect, it } from 'vitest'
import { sampleColumns } from '../../app/_charts/fixtures/sample-columns.ts'
import { legendEntries } from '../../app/_charts/legend-entries.ts'
import type { ScalarSeries } from '../../app/_charts/scalar-card.tsx'
import type { XyLine } from '../../app/_charts/xy/xy-data.ts'

const SPLITS = { train: 'dashed', val: 'solid' } as const

function card(runs: string[], splits: ('train' | 'val')[], values: (run: string, split: string) => number[]) {
  const series = runs.flatMap((run) =>
    splits.map(
      (split): ScalarSeries => ({ runId: run, runName: `name of ${run}`, name: `${split}/loss`, label: `${run} · ${split}`, colour: run, split }),
    ),
  )
  const styled = series.map(({ runId, name, label, colour, split }) => ({ key: `${runId}\n${name}`, label, colour, dash: SPLITS[split as 'train'] }))
  const lines = series.map((one, i): XyLine => ({ ...one, ...styled[i]!, columns: sampleColumns(values(one.runId, one.split!)) }))
  return legendEntries(series, styled, lines)
}

describe('legend of a card that several runs share', () => {
  it('names each run once for all its splits, adds up what is not finite, and says what the dashes mean', () => {
    const { entries, dashes } = card(['a', 'b'], ['train', 'val'], (run, split) =>
      run === 'a' ? [1, Number.NaN] : split === 'val' ? [Number.NaN] : [1],
    )
    expect(entries.map(({ label, dash, nonFinite }) => [label, dash, nonFinite])).toEqual([
      ['name of a', 'solid', 2],
      ['name of b', 'solid', 1],
    ])
    expect(entries[0]?.keys).toEqual(['a\ntrain/loss', 'a\nval/loss'])
    expect(dashes).toEqual([
      { label: 'train', dash: 'dashed' },
      { label: 'val', dash: 'solid' },
    ])
  })

  it('calls a run missing only when it logged none of the splits', () => {
    const { entries } = card(['a', 'b'], ['train', 'val'], (run, split) => (run === 'a' && split === 'train' ? [1] : []))
    expect(entries.map(({ missing }) => missing)).toEqual([false, true])
  })

  it('names each line of a single run, and of runs with one split', () => {
    expect(card(['a'], ['train', 'val'], () => [1]).entries.map(({ label }) => label)).toEqual(['a · train', 'a · val'])
    expect(card(['a', 'b'], ['train'], () => [1])).toMatchObject({ entries: [{ label: 'a · train' }, { label: 'b · train' }], dashes: [] })
  })
})
