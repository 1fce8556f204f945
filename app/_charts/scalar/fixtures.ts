import { lossCurve, sampleColumns } from '../fixtures/sample-columns.ts'
import { sampleLine, sampleXy } from '../fixtures/sample-lines.ts'
import type { XyData } from '../xy/xy-data.ts'

const LONG = 'resnet50-cifar100-cosine-warmup5-mixup0.2-label-smoothing0.1-weight-decay5e-4-seed'

const manyRuns = (count: number, points: number) =>
  Array.from({ length: count }, (_, i) => {
    const values = lossCurve(points, i + 1, { to: 0.05 + (i % 17) * 0.02, rate: 3 + (i % 7), noise: 0.12 })
    return sampleLine(i, sampleColumns(values, { runId: `run-${i + 1}`, smoothing: { kind: 'ema', weight: 0.9 } }), { label: `sweep-${i + 1}` })
  })

/** A run that diverges: growing, then +Inf, then NaN to its end. */
function divergingRun() {
  const values = lossCurve(400, 9)
  for (let i = 220; i < 400; i++) values[i] = i < 250 ? values[219]! * 1.12 ** (i - 219) : i < 253 ? Number.POSITIVE_INFINITY : Number.NaN
  return sampleColumns(values, { runId: 'run-2' })
}

export const scalarFixtures: Record<string, () => XyData> = {
  'three runs': () =>
    sampleXy([0, 1, 2].map((i) => sampleLine(i, sampleColumns(lossCurve(800, i + 1, { rate: 4 + i * 2 }), { runId: `run-${i + 1}` })))),
  'no smoothing': () => sampleXy([sampleLine(0, sampleColumns(lossCurve(300, 4), { smoothing: { kind: 'none' } }))], { smoothing: { kind: 'none' } }),
  'log y': () =>
    sampleXy([sampleLine(0, sampleColumns(lossCurve(800, 1, { to: 1e-4, rate: 9 }).map((v, i) => (i % 97 === 50 ? 0 : v))))], { logY: true }),
  'run with NaN and Inf': () => sampleXy([sampleLine(0, sampleColumns(lossCurve(400, 1))), sampleLine(1, divergingRun())]),
  'outliers clipped': () =>
    sampleXy([sampleLine(0, sampleColumns(lossCurve(600, 3).map((value, i) => (i % 149 === 70 ? value * 40 : value))))], { clipOutliers: true }),
  'one point': () => sampleXy([sampleLine(0, sampleColumns([0.42]))]),
  'constant series': () => sampleXy([sampleLine(0, sampleColumns(Array(50).fill(0.001), { name: 'lr' }))], { title: 'lr' }),
  'only NaN': () => sampleXy([sampleLine(0, sampleColumns(Array(40).fill(Number.NaN)))]),
  'superseded points': () =>
    sampleXy([
      sampleLine(
        0,
        sampleColumns(lossCurve(300, 5), { superseded: Array.from({ length: 60 }, (_, i) => ({ step: 150 + i, value: 0.5 + i * 0.004 })) }),
      ),
    ]),
  'zoomed in': () => sampleXy([sampleLine(0, sampleColumns(lossCurve(4000, 6)))], { view: [1000, 1400] }),
  'long names': () =>
    sampleXy([0, 1].map((i) => sampleLine(i, sampleColumns(lossCurve(200, i + 1), { runId: `run-${i + 1}` }), { label: `${LONG}${i}` }))),
  '100 runs': () => sampleXy(manyRuns(100, 1000)),
  'no runs': () => sampleXy([]),
}
