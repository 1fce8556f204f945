import { seededRandom } from '../../../core/seeded-random.ts'
import type { ForestData, ForestRow } from './forest-data.ts'

function row(label: string, difference: number, half: number | null, change: Partial<ForestRow> = {}): ForestRow {
  const random = seededRandom(Math.round(Math.abs(difference) * 1e6) + label.length)
  const dots = Array.from({ length: half === null ? 1 : 5 }, () => ({ value: difference + (half ?? 0) * 1.6 * (random() - 0.5), text: '' }))
  return {
    key: label,
    label,
    reference: 'full model',
    difference,
    low: half === null ? null : difference - half,
    high: half === null ? null : difference + half,
    dots,
    paired: true,
    verdict: half !== null && Math.abs(difference) > half ? 'significant' : 'not-significant',
    better: difference > 0 ? 'better' : 'worse',
    details: [],
    why: null,
    ...change,
  }
}

const data = (rows: ForestRow[], change: Partial<ForestData> = {}): ForestData => ({
  title: 'Test accuracy: difference to full model',
  metric: 'Test accuracy',
  unit: '%',
  goal: 'max',
  level: 0.95,
  rows,
  margin: null,
  places: 2,
  ...change,
})

const missing: Partial<ForestRow> = {
  difference: null,
  low: null,
  high: null,
  dots: [],
  verdict: 'not-tested',
  better: null,
  why: 'No run finished.',
}

export const forestFixtures: Record<string, () => ForestData> = {
  'star of four': () =>
    data([
      row('w/o attention', -0.031, 0.009),
      row('w/o batch norm', -0.012, 0.006),
      row('w/o dropout', -0.002, 0.005),
      row('w/o augmentation', 0.001, 0.004),
    ]),
  'margin, one seed, failed': () =>
    data(
      [
        row('w/o attention', -0.031, 0.009),
        row('w/o dropout', -0.002, 0.003),
        row('one seed', -0.01, null, { verdict: 'not-tested' }),
        row('failed', 0, null, missing),
      ],
      {
        margin: 0.005,
      },
    ),
  'lower is better, out of reach': () =>
    data(
      ['width 8', 'width 16', 'width 64'].map((label, i) => row(label, [0.21, 0.08, -0.04][i]!, 0.06, { verdict: 'out-of-reach', paired: false })),
      { title: 'Val loss: difference to width 32', metric: 'Val loss', unit: null, goal: 'min', places: 3 },
    ),
  'long labels': () =>
    data(Array.from({ length: 12 }, (_, i) => row(`w/o a component with a name far too long for a figure ${i + 1}`, -0.004 * i, 0.006))),
  'no variants': () => data([]),
}
