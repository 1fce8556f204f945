import { accuracyCurve, lossCurve, sampleColumns } from '../fixtures/sample-columns.ts'
import { sampleLine, sampleXy } from '../fixtures/sample-lines.ts'
import type { XyData } from '../xy/xy-data.ts'

const EPOCH = 100

function pair(run: number, values: { train: number[]; val: number[] }, metric: string) {
  const at = { runId: `run-${run + 1}`, step: (i: number) => (i + 1) * EPOCH }
  const name = sampleLine(run, sampleColumns([])).label
  return (['train', 'val'] as const).map((split) => {
    const columns = sampleColumns(values[split], { ...at, name: `${split}/${metric}`, smoothing: { kind: 'none' } })
    return sampleLine(run, columns, { key: `${run}:${split}`, split, label: `${name} · ${split}` })
  })
}

const plain = { smoothing: { kind: 'none' } as const, title: 'accuracy' }
const accuracy = (seed: number) => ({ train: accuracyCurve(30, seed, { to: 0.999 }), val: accuracyCurve(30, seed + 50, { to: 0.955 }) })

export const trainValFixtures: Record<string, () => XyData> = {
  'one run': () => sampleXy(pair(0, accuracy(1), 'accuracy'), plain),
  'three runs': () =>
    sampleXy(
      [0, 1, 2].flatMap((run) => pair(run, accuracy(run + 1), 'accuracy')),
      plain,
    ),
  'dense train, sparse val': () => {
    const train = sampleColumns(lossCurve(2000, 3, { to: 0.02 }), { name: 'train/loss' })
    const val = sampleColumns(
      Array.from({ length: 20 }, (_, i) => 0.25 + 1.6 * Math.exp(-i / 2.5) + Math.max(0, i - 9) * 0.02),
      { name: 'val/loss', step: (i) => (i + 1) * EPOCH },
    )
    const lines = [train, val].map((columns, i) =>
      sampleLine(0, columns, { key: columns.name, split: i === 0 ? 'train' : 'val', label: columns.name }),
    )
    return sampleXy(lines, { title: 'loss' })
  },
  'overfitting loss': () => {
    const train = lossCurve(40, 1, { noise: 0.03, to: 0.01 })
    const val = lossCurve(40, 2, { noise: 0.03, to: 0.4 }).map((value, i) => value + Math.max(0, i - 15) * 0.02)
    const spans = [{ label: 'Overfitting', fromStep: 1600, toStep: 4000, tone: 'warning' as const, strong: true }]
    return sampleXy(pair(0, { train, val }, 'loss'), { ...plain, title: 'loss', spans })
  },
}
