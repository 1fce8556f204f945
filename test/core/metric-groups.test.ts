import { describe, expect, it } from 'vitest'
import { leadMetrics } from '../../core/lead-metrics.ts'
import { groupMetrics, metricSplit, naturalCompare } from '../../core/metric-groups.ts'

describe('metricSplit', () => {
  it.each([
    ['train/loss', 'train', 'loss'],
    ['validation/loss', 'val', 'loss'],
    ['eval/head/f1', 'val', 'head/f1'],
    ['val_loss', 'val', 'loss'],
    ['test-accuracy', 'test', 'accuracy'],
    ['Loss/train', 'train', 'Loss'],
    ['head/loss/val', 'val', 'head/loss'],
    ['loss_val', 'val', 'loss'],
  ])('reads %s as %s of %s', (name, split, metric) => {
    expect(metricSplit(name)).toEqual({ split, metric })
  })

  it.each(['loss', 'epoch', 'latest', 'value', 'system/test', 'update-ratio/attention/val', 'train_time/io'])('finds no split in %s', (name) => {
    expect(metricSplit(name)).toBeNull()
  })
})

describe('groupMetrics', () => {
  it('puts train, val and test of one metric in one card, in that order', () => {
    const groups = groupMetrics(['val/loss', 'test/loss', 'train/loss', 'val/accuracy'])
    expect(groups).toEqual([
      {
        name: 'train / val',
        cards: [
          { key: 'split:loss', title: 'loss', names: ['train/loss', 'val/loss', 'test/loss'] },
          { key: 'split:accuracy', title: 'val/accuracy', names: ['val/accuracy'] },
        ],
      },
    ])
  })

  it('joins Keras names without a word for training, and leaves a lone bare name alone', () => {
    const groups = groupMetrics(['loss', 'val_loss', 'acc'])
    expect(groups.map((group) => [group.name, group.cards.map((card) => card.names)])).toEqual([
      ['train / val', [['loss', 'val_loss']]],
      ['', [['acc']]],
    ])
  })

  it('orders cards naturally and puts the machine last, whatever the order of the input', () => {
    const names = ['system/cpu', 'zeta/a', 'update-ratio/conv10', 'update-ratio/conv2', 'epoch', 'train/loss']
    const groups = groupMetrics(names)
    expect(groups.map((group) => group.name)).toEqual(['train / val', '', 'update-ratio', 'zeta', 'system'])
    expect(groups[2]?.cards.map((card) => card.title)).toEqual(['update-ratio/conv2', 'update-ratio/conv10'])
    expect(groupMetrics([...names].reverse())).toEqual(groups)
  })

  it('keeps every metric exactly once and gives every card its own key', () => {
    const names = ['train/loss', 'train_loss', 'loss', 'val_loss', 'Loss/train', 'loss/train', 'a/b', 'a', 'a/b']
    const cards = groupMetrics(names).flatMap((group) => group.cards)
    expect(cards.flatMap((card) => card.names).sort()).toEqual([...new Set(names)].sort())
    expect(new Set(cards.map((card) => card.key)).size).toBe(cards.length)
  })

  it('compares naturally, with a fixed order for names equal but for case', () => {
    expect(['a10', 'A2', 'a2', 'a1'].sort(naturalCompare)).toEqual(['a1', 'A2', 'a2', 'a10'])
  })
})

describe('leadMetrics', () => {
  it('takes the documented names first', () => {
    expect(leadMetrics(['train/acc', 'train/accuracy', 'train/loss', 'val/loss', 'val/accuracy', 'test/accuracy', 'lr', 'loss'])).toEqual({
      trainLoss: 'train/loss',
      loss: ['train/loss', 'val/loss'],
      accuracy: ['train/accuracy', 'val/accuracy', 'test/accuracy'],
      learningRate: ['lr'],
    })
  })

  it.each([
    [
      ['loss', 'acc', 'val_loss', 'val_acc'],
      ['loss', 'val_loss'],
      ['acc', 'val_acc'],
    ],
    [['train_loss', 'val_loss', 'train_acc'], ['train_loss', 'val_loss'], ['train_acc']],
    [['Loss/train', 'Loss/test', 'Accuracy/test'], ['Loss/train', 'Loss/test'], ['Accuracy/test']],
    [['train_loss_step', 'val_loss', 'val_top1'], ['train_loss_step', 'val_loss'], ['val_top1']],
    [['train/batch_loss', 'training/sparse_categorical_accuracy'], ['train/batch_loss'], ['training/sparse_categorical_accuracy']],
  ])('recognises %j', (names, loss, accuracy) => {
    const lead = leadMetrics(names)
    expect(lead.loss).toEqual(loss)
    expect(lead.accuracy).toEqual(accuracy)
    expect(lead.trainLoss).toBe(loss[0])
  })

  it('says null rather than taking something else for the loss', () => {
    expect(leadMetrics(['reward', 'regularisation/weights', 'val/loss'])).toEqual({
      trainLoss: null,
      loss: ['val/loss'],
      accuracy: [],
      learningRate: [],
    })
  })

  it('finds learning rates by their usual names', () => {
    expect(leadMetrics(['lr', 'optim/learning_rate', 'lr-Adam', 'learning-rate', 'blr', 'lrange']).learningRate).toEqual([
      'learning-rate',
      'lr',
      'lr-Adam',
      'optim/learning_rate',
    ])
  })
})
