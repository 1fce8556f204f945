import { LOG10_RATIO, type Log10RatioHistogram } from '../../../core/kinds/histogram.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import type { RatioHistogramData, Slice } from './slices.ts'

/** Elements spread around `centre` (log10) like a healthy layer's: about two decades wide with a longer left tail. */
function sampleHistogram(seed: number, centre: number, extra: Partial<Log10RatioHistogram> = {}): Log10RatioHistogram {
  const random = seededRandom(seed)
  const counts = new Array<number>(LOG10_RATIO.bins).fill(0)
  for (let i = 0; i < 4000; i++) {
    const spread = random() + random() + random() - 1.5
    const bin = Math.floor((centre + spread * (spread < 0 ? 1.3 : 0.8) - LOG10_RATIO.low) * 8)
    if (bin >= 0 && bin < counts.length) counts[bin] = counts[bin]! + 1
  }
  return { layout: 'log10-ratio', counts, zero: 0, underflow: 0, overflow: 0, tinyWeight: 0, nonFinite: 0, ...extra }
}

function slices(n: number, change: (i: number) => { centre: number; extra?: Partial<Log10RatioHistogram> }): Slice[] {
  return Array.from({ length: n }, (_, i) => {
    const { centre, extra } = change(i)
    return { firstStep: i * 50, lastStep: i * 50, merged: 1, histogram: sampleHistogram(i + 1, centre, extra) }
  })
}

const data = (list: Slice[], change: Partial<RatioHistogramData> = {}): RatioHistogramData => ({
  title: 'Update ratios of conv2d_1',
  layer: 'conv2d_1',
  slices: list,
  records: list.length,
  otherLayout: 0,
  view: 'ridgeline',
  index: Math.max(0, list.length - 1),
  ...change,
})

const healthy = (n: number) => slices(n, (i) => ({ centre: -2.4 - (1.2 * i) / n }))

export const ratioHistogramFixtures: Record<string, () => RatioHistogramData> = {
  ridgeline: () => data(healthy(16)),
  'one step': () => data(healthy(16), { view: 'single', index: 10 }),
  '200 records': () => data(healthy(200)),
  'dying layer': () => data(slices(12, (i) => ({ centre: -3 - i * 0.45, extra: { zero: i * 300, underflow: i * 40, tinyWeight: 12 } }))),
  'everything zero': () =>
    data(
      slices(1, () => ({ centre: -3, extra: { counts: new Array<number>(LOG10_RATIO.bins).fill(0), zero: 4000 } })),
      { view: 'single' },
    ),
  'no records': () => data([]),
}
