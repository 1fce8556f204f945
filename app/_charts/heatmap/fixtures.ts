import { seededRandom } from '../../../core/seeded-random.ts'
import { sampleColumns } from '../fixtures/sample-columns.ts'
import type { HeatmapData } from './cells.ts'

const LAYERS = ['conv2d_1', 'conv2d_2', 'dense_1', 'dense_2', 'logits']

function ratios(row: number, n: number, shape: (i: number, level: number) => number = (_, level) => level): number[] {
  const random = seededRandom(row + 11)
  return Array.from({ length: n }, (_, i) => shape(i, 10 ** (-2.1 - row * 0.45 - 1.2 * (i / n) + (random() - 0.5) * 0.4)))
}

const layer = (name: string, values: number[], every = 10) => ({
  layer: name,
  columns: sampleColumns(values, { name: `update-ratio/${name}`, smoothing: { kind: 'none' }, step: (i) => i * every, width: 2048 }),
})

export const heatmapFixtures: Record<string, () => HeatmapData> = {
  'five layers': () => ({ title: 'Update ratios', layers: LAYERS.map((name, row) => layer(name, ratios(row, 60))), view: null }),
  'dead, frozen and NaN layers': () => ({
    title: 'Update ratios',
    view: null,
    layers: [
      layer(
        'conv2d_1',
        ratios(0, 50, (i, level) => (i > 30 ? Number.NaN : level * 20)),
      ),
      layer(
        'frozen',
        ratios(1, 50, () => 0),
      ),
      layer(
        'dying',
        ratios(2, 50, (i, level) => level * 10 ** (-i / 12)),
      ),
      layer(
        'logits',
        ratios(3, 50, (i, level) => (i === 35 ? Number.POSITIVE_INFINITY : level)),
      ),
    ],
  }),
  'merged steps': () => ({ title: 'Update ratios', layers: LAYERS.slice(0, 3).map((name, row) => layer(name, ratios(row, 3000))), view: null }),
  'long layer names': () => ({
    title: 'Update ratios',
    layers: ['encoder/block_11/attention/output_projection/kernel', 'encoder/block_12/mlp/dense_expand/kernel'].map((name, row) =>
      layer(name, ratios(row, 30)),
    ),
    view: null,
  }),
  'one step': () => ({ title: 'Update ratios', layers: LAYERS.slice(0, 2).map((name, row) => layer(name, ratios(row, 1))), view: null }),
}
