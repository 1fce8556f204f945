import { describe, expect, it } from 'vitest'
import { layerOf, runCharts } from '../../core/run-charts.ts'

const names = [
  'epoch',
  'gradient-norm/conv2',
  'gradient-norm/conv10',
  'gradient-norm/global',
  'lr',
  'system/cpu',
  'test/accuracy',
  'train/accuracy',
  'train/loss',
  'update-ratio/conv10',
  'update-ratio/conv2',
  'val/f1',
  'val/loss',
]

describe('runCharts', () => {
  const charts = runCharts(names)

  it('puts every metric in exactly one part', () => {
    const shown = [
      ...charts.lead.loss,
      ...charts.lead.accuracy,
      ...charts.lead.learningRate,
      ...charts.updateRatios,
      ...charts.gradientNorms,
      ...charts.groups.flatMap((group) => group.cards.flatMap((card) => card.names)),
      ...charts.system,
    ]
    expect([...shown].sort()).toEqual([...names].sort())
  })

  it('orders layers naturally, with the global norm first', () => {
    expect(charts.updateRatios.map(layerOf)).toEqual(['conv2', 'conv10'])
    expect(charts.gradientNorms.map(layerOf)).toEqual(['global', 'conv2', 'conv10'])
  })

  it('leaves the rest to sections', () => {
    expect(charts.groups.map((group) => [group.name, group.cards.map((card) => card.title)])).toEqual([
      ['train / val', ['val/f1']],
      ['', ['epoch']],
    ])
  })
})
