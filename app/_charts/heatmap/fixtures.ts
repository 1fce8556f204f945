import { seededRandom } from '../../../core/seeded-random.ts'
import { sampleColumns } from '../fixtures/sample-columns.ts'
import type { HeatmapData } from './cells.ts'
import type { RowMark } from './row-mark.ts'

const LAYERS = ['conv2d_1', 'conv2d_2', 'dense_1', 'dense_2', 'logits']

function ratios(row: number, n: number, shape: (i: number, level: number) => number = (_, level) => level): number[] {
  const random = seededRandom(row + 11)
  return Array.from({ length: n }, (_, i) => shape(i, 10 ** (-2.1 - row * 0.45 - 1.2 * (i / n) + (random() - 0.5) * 0.4)))
}

function fractions(row: number, n: number): number[] {
  const random = seededRandom(row + 5)
  return Array.from({ length: n }, (_, i) => (row === 0 ? 0 : Math.round(64 * Math.min(1, row * 0.3 * (i / n) + random() * 0.05)) / 64))
}

/** One of each level, and a layer that is not judged. */
const MARKS: (RowMark | undefined)[] = [
  { level: 'critical', says: 'Each step changes a good part of the weights.', factor: 0.1 },
  { level: 'ok', says: 'Learns at a good pace.', factor: null },
  { level: 'warning', says: 'Barely moves.', factor: 10 },
  { level: 'info', says: 'A little slow.', factor: 3 },
  undefined,
]

const layer = (name: string, values: number[], every = 10, prefix = 'update-ratio') => ({
  layer: name,
  columns: sampleColumns(values, { name: `${prefix}/${name}`, smoothing: { kind: 'none' }, step: (i) => i * every, width: 2048 }),
})

export const heatmapFixtures: Record<string, () => HeatmapData> = {
  'five layers': () => ({
    title: 'Update ratios',
    quantity: 'update-ratio',
    layers: LAYERS.map((name, row) => layer(name, ratios(row, 60))),
    view: null,
  }),
  'dead, frozen and NaN layers': () => ({
    title: 'Update ratios',
    quantity: 'update-ratio',
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
  'merged steps': () => ({
    title: 'Update ratios',
    quantity: 'update-ratio',
    layers: LAYERS.slice(0, 3).map((name, row) => layer(name, ratios(row, 3000))),
    view: null,
  }),
  'long layer names': () => ({
    title: 'Update ratios',
    quantity: 'update-ratio',
    layers: ['encoder/block_11/attention/output_projection/kernel', 'encoder/block_12/mlp/dense_expand/kernel'].map((name, row) =>
      layer(name, ratios(row, 30)),
    ),
    view: null,
  }),
  'one step': () => ({
    title: 'Update ratios',
    quantity: 'update-ratio',
    layers: LAYERS.slice(0, 2).map((name, row) => layer(name, ratios(row, 1))),
    view: null,
  }),
  'layers with verdicts': () => ({
    title: 'Update ratios',
    quantity: 'update-ratio',
    view: null,
    layers: LAYERS.map((name, row) => ({ ...layer(name, ratios(row, 40)), mark: MARKS[row] })),
  }),
  'dead fraction': () => ({
    title: 'Dead units by layer',
    quantity: 'dead-fraction',
    view: null,
    // The probe of the last layer was switched on late, and looked half as often.
    layers: ['relu_1', 'relu_2', 'relu_3'].map((name, row) => layer(name, fractions(row, row === 2 ? 15 : 30), row === 2 ? 40 : 20, 'dead-fraction')),
  }),
  'gradient norm over many decades': () => ({
    title: 'Gradient norm by layer',
    quantity: 'gradient-norm',
    view: null,
    layers: ['dense_1', 'dense_2', 'dense_3', 'dense_4'].map((name, row) =>
      layer(
        name,
        ratios(row, 40, (i, level) => (row === 0 && i > 32 ? 0 : level * 10 ** (2.5 * row - 6))),
        10,
        'gradient-norm',
      ),
    ),
  }),
  'activation std around 1': () => ({
    title: 'Activation standard deviation by layer',
    quantity: 'activation-std',
    view: null,
    layers: ['tanh_1', 'tanh_2', 'tanh_3', 'tanh_4'].map((name, row) =>
      layer(
        name,
        ratios(row, 40, (i) => 0.9 ** (row * (1 + i / 4)) * (row === 3 && i > 35 ? 1e-3 : 1)),
        25,
        'activation-std',
      ),
    ),
  }),
  'activation mean around 0': () => ({
    title: 'Activation mean by layer',
    quantity: 'activation-mean',
    view: null,
    layers: ['sigmoid_1', 'tanh_1', 'relu_1'].map((name, row) =>
      layer(
        name,
        ratios(row, 40, (i, level) => (row - 1) * (0.1 + i / 100) + level),
        25,
        'activation-mean',
      ),
    ),
  }),
}
