import { lossCurve, sampleColumns } from '../fixtures/sample-columns.ts'
import { sampleLine, sampleXy } from '../fixtures/sample-lines.ts'
import type { XyData } from '../xy/xy-data.ts'

const ema = { kind: 'ema', weight: 0.95 } as const
const columns = (n: number, seed: number) => sampleColumns(lossCurve(n, seed, { noise: 0.28 }), { smoothing: ema, width: 2400, runId: `run-${seed}` })

export const scatterFixtures: Record<string, () => XyData> = {
  'one run': () => sampleXy([sampleLine(0, columns(3000, 1))], { smoothing: ema }),
  'two runs, log y': () => sampleXy([sampleLine(0, columns(1500, 1)), sampleLine(1, columns(1500, 2))], { smoothing: ema, logY: true }),
  '200,000 points': () => sampleXy([sampleLine(0, columns(200_000, 3))], { smoothing: ema }),
  'shaded stretches': () =>
    sampleXy([sampleLine(0, columns(1500, 5))], {
      smoothing: ema,
      spans: [
        { label: 'falling', fromStep: 0, toStep: 600, tone: 'shape' },
        { label: 'Loss spikes', fromStep: 300, toStep: 300, tone: 'critical' },
        { label: 'plateau', fromStep: 600, toStep: 1499, tone: 'shape' },
        { label: 'A diagnosis with a name longer than its stretch', fromStep: 1400, toStep: 1499, tone: 'info' },
      ],
    }),
  'one point': () => sampleXy([sampleLine(0, sampleColumns([2.31]))]),
}
