import type { InteractionData, InteractionPoint } from './interaction-data.ts'

const point = (level: 'low' | 'high', mean: number, half: number | null = 0.006): InteractionPoint => ({
  level,
  mean,
  low: half === null ? null : mean - half,
  high: half === null ? null : mean + half,
  n: half === null ? 1 : 5,
})

const data = (change: Partial<InteractionData> = {}): InteractionData => ({
  title: 'Test accuracy: batchNorm × residual',
  metric: 'Test accuracy',
  unit: '%',
  goal: 'max',
  level: 0.95,
  places: 2,
  x: { path: 'batchNorm', low: 'false', high: 'true' },
  lines: [
    { label: 'residual false', points: [point('low', 0.84), point('high', 0.902)] },
    { label: 'residual true', points: [point('low', 0.895), point('high', 0.918)] },
  ],
  effect: { estimate: -0.0195, p: 0.003, aliases: [] },
  averagedOver: [],
  ...change,
})

export const interactionFixtures: Record<string, () => InteractionData> = {
  'two factors': () => data(),
  'no error, aliased': () =>
    data({
      lines: [
        { label: 'residual false', points: [point('low', 0.84, null), point('high', 0.86, null)] },
        { label: 'residual true', points: [point('low', 0.841, null), point('high', 0.861, null)] },
      ],
      effect: { estimate: 0, p: null, aliases: ['augment'] },
      averagedOver: ['augment'],
    }),
  'one setting missing': () =>
    data({
      lines: [
        { label: 'residual false', points: [point('low', 0.84)] },
        { label: 'residual true', points: [] },
      ],
      effect: null,
    }),
}
