import { describe, expect, it } from 'vitest'
import { sampleColumns } from '../../app/_charts/fixtures/sample-columns.ts'
import { forestKind } from '../../app/_charts/forest/kind.ts'
import { bandOutlines } from '../../app/_charts/xy/bands.ts'
import { curveRuns, curvesOf } from '../../app/_study/curves-of.ts'
import { forestOf } from '../../app/_study/forest-of.ts'
import { factorName, factorPairs, interactionOf } from '../../app/_study/interaction-of.ts'
import { ACCURACY, type GivenRun, starRuns, studyOf } from './study-fixture.ts'

describe('forest plot of a study', () => {
  it('has a row per variant but the baseline, in the order of the table, with the differences by seed', () => {
    const { result, settings } = studyOf(starRuns(), {}, 'base-0')
    const data = forestOf(result, settings, ACCURACY)
    expect(data.rows.map(({ label }) => label)).toEqual(['w/o attention', 'w/o dropout', 'w/o norm'])
    expect(data.title).toBe('Test accuracy: difference to full')
    const [attention] = data.rows
    expect(attention?.difference).toBeCloseTo(-0.29 / 3, 12)
    expect(attention?.dots.map(({ value }) => Number(value.toFixed(9)))).toEqual([-0.1, -0.09, -0.1])
    expect(attention?.better).toBe('worse')
    expect(attention!.low! < attention!.difference! && attention!.difference! < attention!.high!).toBe(true)
  })

  it('follows order, hidden rows and labels of the table', () => {
    const first = studyOf(starRuns(), {}, 'base-0')
    const key = (label: string) => first.study.variants.find((one) => one.label === label)?.key ?? ''
    const { result, settings } = studyOf(
      starRuns(),
      { rows: [key('w/o norm'), key('w/o attention')], hiddenRows: [key('w/o dropout')], labels: { [key('w/o norm')]: 'no norm' } },
      'base-0',
    )
    expect(forestOf(result, settings, ACCURACY).rows.map(({ label }) => label)).toEqual(['no norm', 'w/o attention'])
  })

  it('draws each run minus the mean of the reference where seeds are not shared', () => {
    const runs = starRuns().map((run) => (run.id.startsWith('norm') ? { ...run, seed: run.seed! + 10 } : run))
    const { result, settings } = studyOf(runs, {}, 'base-0')
    const row = forestOf(result, settings, ACCURACY).rows.find(({ label }) => label === 'w/o norm')
    expect(row?.paired).toBe(false)
    expect(row?.dots.map(({ value }) => Number(value.toFixed(9)))).toEqual([-0.05, -0.04, -0.03])
  })

  it('gives no interval for one seed and no difference for none, and says why', () => {
    const { result, settings } = studyOf(starRuns({ norm: [0.8], dropout: [null, null] }), {}, 'base-0')
    const data = forestOf(result, settings, ACCURACY)
    const of = (label: string) => data.rows.find((row) => row.label === label)
    expect(of('w/o norm')).toMatchObject({ low: null, high: null })
    expect(of('w/o norm')?.details.join(' ')).toMatch(/No interval/)
    expect(of('w/o dropout')?.difference).toBeNull()
    expect(of('w/o dropout')?.why).toBeTruthy()
    expect(forestKind.notes(data).join(' ')).toMatch(/1 without an interval.*1 of 3 rows have no difference/)
  })

  it('turns the margin of a percentage into the unit that is logged', () => {
    const { result, settings } = studyOf(starRuns(), { equivalenceMargins: { 'test/accuracy': 0.5 } }, 'base-0')
    expect(forestOf(result, settings, ACCURACY).margin).toBe(0.005)
  })

  it('says that significance is out of reach where the test has a floor above the level', () => {
    const { result, settings } = studyOf(starRuns(), { test: 'wilcoxon' }, 'base-0')
    const data = forestOf(result, settings, ACCURACY)
    expect(data.rows.every(({ verdict }) => verdict === 'out-of-reach')).toBe(true)
    expect(data.rows[0]?.details[0]).toMatch(
      /^Out of reach: with this few seeds the smallest p that the exact Wilcoxon signed-rank test can give here is 0\.25/,
    )
    expect(forestKind.notes(data).join(' ')).toMatch(/\?: with this few seeds no data could be significant/)
  })
})

const grid: GivenRun[] = [false, true].flatMap((norm) =>
  [false, true].flatMap((skip) =>
    [0, 1].map((seed) => ({
      id: `${norm}-${skip}-${seed}`,
      config: { norm, skip },
      seed,
      value: 0.8 + (norm ? 0.06 : 0) + (skip ? 0.04 : 0) - (norm && skip ? 0.03 : 0) + seed * 0.002,
    })),
  ),
)

describe('interaction plot of a factorial study', () => {
  it('has the four means, with intervals from the pooled error', () => {
    const { result } = studyOf(grid, {}, 'true-true-0')
    const [factorial] = result.factorial
    expect(factorPairs(factorial!)).toEqual([[0, 1]])
    const data = interactionOf(factorial!, ACCURACY, 0.95, 2, [0, 1])
    expect(data.lines.map(({ label }) => label)).toEqual(['skip false', 'skip true'])
    const means = data.lines.map(({ points }) => points.map(({ mean }) => Number(mean.toFixed(6))))
    expect(means).toEqual([
      [0.801, 0.861],
      [0.841, 0.871],
    ])
    // s² = 2e-6 in every corner, so the error of a corner mean is √(2e-6 / 2) = 0.001; t(0.975, 4) = 2.776445.
    const [point] = data.lines[0]!.points
    expect(point!.high! - point!.mean).toBeCloseTo(0.001 * 2.7764451051977987, 9)
    expect(data.effect?.estimate).toBeCloseTo(-0.015, 9)
    expect(data.averagedOver).toEqual([])
  })

  it('names a factor by its last part where that is enough', () => {
    expect(factorName('model.norm', ['model.norm', 'skip'])).toBe('norm')
    expect(factorName('a.size', ['a.size', 'b.size'])).toBe('a.size')
  })
})

describe('learning curves of a study', () => {
  it('are over the runs that count, and say how many do not', () => {
    const { result } = studyOf(starRuns({ norm: [0.8, null, 0.82] }), {}, 'base-0')
    const runs = curveRuns(result, 'test/accuracy')
    const norm = runs.find(({ label }) => label === 'w/o norm')
    expect(norm).toMatchObject({ runIds: ['norm-0', 'norm-2'], leftOut: 1 })
    expect(curveRuns(result, 'train/loss').map(({ runIds }) => runIds)).toEqual(runs.map(({ runIds }) => runIds))
  })

  it('are means over the seeds of each drawn variant; the others are counted', () => {
    const { result } = studyOf(starRuns(), {}, 'base-0')
    const runs = curveRuns(result, 'val/loss')
    const base = runs.find(({ label }) => label === 'full')!
    const columns = base.runIds.map((runId, i) => sampleColumns([1 + i, 2 + i], { runId, smoothing: { kind: 'none' } }))
    const options = { metric: 'val/loss', x: { kind: 'step' as const }, spread: 'min-max' as const, level: 0.95, logY: false }
    const data = curvesOf(runs, columns, { ...options, shown: new Set([base.key]) })
    expect([...data.lines[0]!.columns.y]).toEqual([2, 3])
    expect([...data.lines[0]!.band!.high]).toEqual([3, 4])
    expect(data.facts[base.key]).toEqual({ seeds: 3, partial: 0, nonFinite: 0 })
    expect(data.leftOut).toBe(3)
  })

  it('are drawn with bands that break where there is none', () => {
    const x = Float64Array.of(0, 1, 2, 3, 4)
    const band = { x, low: Float64Array.of(1, 1, Number.NaN, 1, 1), high: Float64Array.of(2, 2, Number.NaN, 2, 2), n: Uint32Array.of(2, 2, 1, 2, 2) }
    expect(bandOutlines(band, false).map((outline) => [...outline])).toEqual([
      [0, 2, 1, 2, 1, 1, 0, 1],
      [3, 2, 4, 2, 4, 1, 3, 1],
    ])
    expect(
      bandOutlines({ ...band, low: Float64Array.of(-1, 1, 1, 1, 1), high: Float64Array.of(1, 10, 10, 10, 10) }, true).map((one) => one.length),
    ).toEqual([16])
  })
})
