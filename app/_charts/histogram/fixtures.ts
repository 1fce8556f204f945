import type { EdgesHistogram } from '../../../core/kinds/histogram.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import type { HistogramData, HistogramSlice } from './slices.ts'

/** Edges that grow by a tenth away from zero on both sides, as TensorFlow's and PyTorch's writers make them. */
function growingEdges(largest: number): number[] {
  const positive = [1e-3]
  while (positive.at(-1)! < largest) positive.push(positive.at(-1)! * 1.1)
  return [...positive.map((edge) => -edge).reverse(), 0, ...positive]
}

function histogram(seed: number, centre: number, width: number, edges: number[], nonFinite = 0): EdgesHistogram {
  const random = seededRandom(seed)
  const counts = new Array<number>(edges.length - 1).fill(0)
  for (let i = 0; i < 4000; i++) {
    const value = centre + width * (random() + random() + random() - 1.5)
    const bin = edges.findLastIndex((edge) => edge <= value)
    if (bin >= 0 && bin < counts.length) counts[bin]!++
  }
  return { layout: 'edges', edges, counts, nonFinite }
}

const slices = (n: number, make: (i: number) => EdgesHistogram): HistogramSlice[] =>
  Array.from({ length: n }, (_, i) => ({ step: i * 100, histogram: make(i) }))

const data = (list: HistogramSlice[], change: Partial<HistogramData> = {}): HistogramData => ({
  title: 'weights/conv1',
  slices: list,
  records: list.length,
  superseded: 0,
  view: 'bands',
  index: Math.max(0, list.length - 1),
  ...change,
})

const widening = (n: number) => slices(n, (i) => histogram(i + 1, 0.02 * i, 0.4 + 0.05 * i, growingEdges(2)))
const empty: EdgesHistogram = { layout: 'edges', edges: [0, 1], counts: [0], nonFinite: 40 }

export const histogramFixtures: Record<string, () => HistogramData> = {
  bands: () => data(widening(14)),
  ridgeline: () => data(widening(14), { view: 'ridgeline' }),
  'one step': () => data(widening(14), { view: 'single', index: 9 }),
  'one record': () => data(widening(1)),
  'not finite': () => data([...widening(4), { step: 400, histogram: empty }, { step: 500, histogram: histogram(9, 0.1, 0.6, growingEdges(2), 7) }]),
  'only not finite': () => data([{ step: 0, histogram: empty }], { view: 'single' }),
  'thinned and superseded': () => data(widening(14), { records: 3_000, superseded: 12 }),
  'no records': () => data([]),
}
