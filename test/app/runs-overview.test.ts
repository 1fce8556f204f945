import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overviewRows } from '../../app/_runs/overview-rows.ts'
import { patchOverview, removeFromOverview } from '../../app/_runs/patch-overview.ts'
import { makeOverview } from './overview.ts'

const METRICS = ['loss', 'accuracy']
const OLD = makeOverview(
  [
    { id: 'a', lastStep: 10, metrics: { loss: 1, accuracy: 0.5 } },
    { id: 'b', lastStep: 20, metrics: { loss: 2 } },
    { id: 'c', lastStep: 30, metrics: {} },
  ],
  METRICS,
)

function figures(overview: typeof OLD) {
  return overviewRows(overview).map((row) => [row.run.id, row.steps, row.metric('loss', 'last'), row.metric('accuracy', 'last')])
}

describe('patchOverview', () => {
  it('takes over what is new of a run and leaves the others', () => {
    const part = makeOverview([{ id: 'b', lastStep: 25, metrics: { loss: 0.5, accuracy: 0.9 } }], METRICS, 7)
    const patched = patchOverview(OLD, part, new Set(['b']))
    expect(figures(patched)).toEqual([
      ['a', 10, 1, 0.5],
      ['b', 25, 0.5, 0.9],
      ['c', 30, undefined, undefined],
    ])
    expect(patched.rev).toBe(7)
    expect(figures(OLD)[1]).toEqual(['b', 20, 2, undefined])
  })

  it('takes over what was found wrong, and keeps what is known of the others', () => {
    const brief = { severity: 'warning' as const, rules: ['overfitting'], titles: ['Overfitting'], muted: 0 }
    const part = makeOverview([{ id: 'b', findings: brief }, { id: 'd' }], METRICS, 7)
    expect(patchOverview(OLD, part, new Set(['b', 'd'])).findings).toEqual([null, null, brief, null])
  })

  it('adds runs it did not know and drops those the answer no longer holds', () => {
    const part = makeOverview([{ id: 'd', lastStep: 1, metrics: { loss: Number.NaN } }], METRICS, 8)
    expect(figures(patchOverview(OLD, part, new Set(['a', 'd'])))).toEqual([
      ['d', 1, Number.NaN, undefined],
      ['b', 20, 2, undefined],
      ['c', 30, undefined, undefined],
    ])
  })

  it('learns new metric names and keeps the counts of the others', () => {
    const part = {
      ...makeOverview([{ id: 'a', metrics: {} }], METRICS),
      metricNames: [
        { name: 'lr', runs: 1 },
        { name: 'loss', runs: 1 },
      ],
    }
    expect(patchOverview(OLD, part, new Set(['a'])).metricNames).toEqual([...OLD.metricNames, { name: 'lr', runs: 1 }])
  })

  it('ends where a whole answer would, whatever changed', () => {
    const runs = fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), loss: fc.double() }), { selector: (run) => run.id })
    const overviewOf = (some: { id: string; loss: number }[]) =>
      makeOverview(
        some.map(({ id, loss }) => ({ id, lastStep: 1, metrics: { loss } })),
        ['loss'],
      )
    const sorted = (overview: ReturnType<typeof overviewOf>) =>
      overviewRows(overview)
        .map((row) => [row.run.id, row.metric('loss', 'last')])
        .sort()
    fc.assert(
      fc.property(runs, runs, (before, after) => {
        const changed = new Set([...before, ...after].map((run) => run.id))
        expect(sorted(patchOverview(overviewOf(before), overviewOf(after), changed))).toEqual(sorted(overviewOf(after)))
      }),
    )
  })
})

describe('removeFromOverview', () => {
  it('takes runs out with their figures', () => {
    expect(figures(removeFromOverview(OLD, new Set(['a', 'zz'])))).toEqual([
      ['b', 20, 2, undefined],
      ['c', 30, undefined, undefined],
    ])
  })

  it('returns the same object when none is there, so that nothing is drawn again', () => {
    expect(removeFromOverview(OLD, new Set(['zz']))).toBe(OLD)
  })
})

describe('overviewRows', () => {
  it('tells a metric that is NaN from one that is missing', () => {
    const [row] = overviewRows(makeOverview([{ id: 'a', lastStep: 4, metrics: { loss: Number.NaN } }], METRICS))
    expect(row?.metric('loss', 'last')).toBeNaN()
    expect(row?.summary('loss')).toMatchObject({ n: 10, nonFinite: 1, step: { last: 4, min: 1, max: 2 } })
    expect(row?.metric('accuracy', 'last')).toBeUndefined()
    expect(row?.summary('unknown')).toBeNull()
  })
})
