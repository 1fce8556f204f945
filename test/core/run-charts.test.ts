import { describe, expect, it } from 'vitest'
import { isNoiseless } from '../../core/lead-metrics.ts'
import { inModelOrder, layerOf, runCharts } from '../../core/run-charts.ts'

const names = [
  'activation-std/conv2',
  'dead-fraction/conv10',
  'dead-fraction/conv2',
  'epoch',
  'gradient-norm/conv2',
  'gradient-norm/conv10',
  'gradient-norm/global',
  'lr',
  'same-batch/inference-mode-loss',
  'same-batch/training-mode-loss',
  'system/cpu',
  'test/accuracy',
  'train/accuracy',
  'train/loss',
  'train/penalty',
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
      ...charts.activations.flatMap((one) => one.names),
      ...charts.sameBatch,
      charts.penalty,
      ...charts.groups.flatMap((group) => group.cards.flatMap((card) => card.names)),
      ...charts.system,
    ]
    expect([...shown].sort()).toEqual([...names].sort())
  })

  it('orders layers naturally, with the global norm first', () => {
    expect(charts.updateRatios.map(layerOf)).toEqual(['conv2', 'conv10'])
    expect(charts.gradientNorms.map(layerOf)).toEqual(['global', 'conv2', 'conv10'])
  })

  it('puts what was logged about activations together by quantity, and both losses of one batch, training mode first', () => {
    expect(charts.activations).toEqual([
      { quantity: 'dead-fraction', names: ['dead-fraction/conv2', 'dead-fraction/conv10'] },
      { quantity: 'activation-std', names: ['activation-std/conv2'] },
    ])
    expect(charts.sameBatch).toEqual(['same-batch/training-mode-loss', 'same-batch/inference-mode-loss'])
    expect(runCharts(['same-batch/training-mode-loss']).sameBatch).toEqual([])
    expect(runCharts(['same-batch/training-mode-loss']).groups).toHaveLength(1)
  })

  it('leaves the rest to sections', () => {
    expect(charts.groups.map((group) => [group.name, group.cards.map((card) => card.title)])).toEqual([
      ['train / val', ['val/f1']],
      ['', ['epoch']],
    ])
  })
})

describe('inModelOrder', () => {
  it('follows the network, and natural order for what it does not name', () => {
    const layers = ['dense', 'conv10', 'extra', 'conv2/kernel', 'input']
    expect(inModelOrder(layers, ['input', 'conv10', 'conv2', 'dense'])).toEqual(['input', 'conv10', 'conv2/kernel', 'dense', 'extra'])
    expect(inModelOrder(layers, [])).toEqual(['conv2/kernel', 'conv10', 'dense', 'extra', 'input'])
  })
})

describe('isNoiseless', () => {
  it('tells schedules and counters from measurements', () => {
    expect(['lr', 'optimizer/lr', 'learning_rate', 'epoch', 'train/epoch'].every(isNoiseless)).toBe(true)
    expect(['train/loss', 'val/accuracy', 'epoch_loss', 'update-ratio/conv1'].some(isNoiseless)).toBe(false)
  })
})
