import type { LayersModel, Optimizer } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { fitCallbacks } from '../../../trainer/tfjs/fit-callbacks.ts'
import { learningRate } from '../../../trainer/tfjs/learning-rate.ts'
import { loadTf } from '../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../trainer/tfjs/tf.ts'
import { watch } from '../../../trainer/tfjs/watch.ts'
import { logRun, memoryRun } from './logged-run.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

function network(optimizer: Optimizer = tf.train.sgd(0.1)): LayersModel {
  const model = tf.sequential({ layers: [tf.layers.dense({ name: 'only', inputShape: [2], units: 2, activation: 'softmax' })] })
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  return model
}

const x = () =>
  tf.tensor2d(
    [...Array(20).keys()].map((i) => Math.sin(i)),
    [10, 2],
  )
const y = () => tf.oneHot(tf.tensor1d([0, 1, 0, 1, 0, 1, 0, 1, 0, 1], 'int32'), 2)

describe('fitCallbacks', () => {
  it('logs every batch and every epoch to a real store, over two calls of fit', async () => {
    const model = network()
    const losses: number[] = []
    const epochLosses: number[] = []
    await logRun(
      async (run) => {
        const callbacks = [fitCallbacks(run, { model }), { onBatchEnd: (_: number, logs: { loss: number }) => void losses.push(logs.loss) }] as never
        for (let fit = 0; fit < 2; fit++) {
          const { history } = await model.fit(x(), y(), { epochs: 2, batchSize: 4, verbose: 0, validationData: [x(), y()], callbacks })
          epochLosses.push(...(history.loss as number[]))
        }
      },
      async ({ names, points, superseded }) => {
        expect(names).toEqual(['epoch', 'lr', 'train/accuracy', 'train/epoch-accuracy', 'train/epoch-loss', 'train/loss', 'val/accuracy', 'val/loss'])
        const train = await points('train/loss')
        expect(train.step).toEqual([...Array(12).keys()])
        expect(train.value).toEqual(losses)
        expect((await points('train/epoch-loss')).value).toEqual(epochLosses)
        expect((await points('val/accuracy')).step).toEqual([2, 5, 8, 11])
        expect((await points('lr')).value).toEqual(Array(12).fill(0.1))
        const epoch = await points('epoch')
        expect(epoch.value.map((value) => Math.round(value * 3))).toEqual([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6])
        expect(names.map(superseded)).toEqual(Array(names.length).fill(0))
      },
    )
  })

  it('numbers batches as watch does and reads lr from the watched optimizer', async () => {
    const model = network(tf.train.adam(0.003))
    const run = memoryRun()
    watch(model, run, { tf, updates: 1 })
    await model.fit(x(), y(), { epochs: 2, batchSize: 5, verbose: 0, callbacks: fitCallbacks(run) })
    expect(run.of('update-ratio/only').map(([step]) => step)).toEqual([0, 1, 2, 3])
    expect(run.of('train/loss').map(([step]) => step)).toEqual([0, 1, 2, 3])
    expect(run.of('lr').map(([, rate]) => rate)).toEqual([0.003, 0.003, 0.003, 0.003])
  })

  it('logs every so many batches when asked, and epochs regardless', async () => {
    const run = memoryRun()
    await network().fit(x(), y(), { epochs: 2, batchSize: 2, verbose: 0, callbacks: fitCallbacks(run, { every: 3 }) })
    expect(run.of('train/loss').map(([step]) => step)).toEqual([0, 3, 6, 9])
    expect(run.of('train/epoch-loss').map(([step]) => step)).toEqual([4, 9])
    expect(run.of('epoch').filter(([step]) => step === 4 || step === 9)).toEqual([
      [4, 1],
      [9, 2],
    ])
  })

  it('learns the number of batches of a dataset from its first epoch', async () => {
    const run = memoryRun()
    const dataset = tf.data.generator(function* () {
      for (let i = 0; i < 3; i++) yield { xs: tf.ones([2, 2]), ys: tf.tensor2d([1, 0, 0, 1], [2, 2]) }
    })
    await network().fitDataset(dataset as never, { epochs: 2, verbose: 0, callbacks: fitCallbacks(run) })
    expect(run.of('train/loss')).toHaveLength(6)
    expect(run.of('epoch')).toEqual([
      [2, 1],
      [3, 1 + 1 / 3],
      [4, 1 + 2 / 3],
      [5, 2],
    ])
  })

  it('says what is wrong with its options', () => {
    expect(() => fitCallbacks(memoryRun(), { every: 0 })).toThrow(/every is 0/)
    expect(() => fitCallbacks(memoryRun(), { firstStep: -1 })).toThrow(/firstStep is -1/)
  })
})

describe('learningRate', () => {
  it('reads every kind of optimizer', () => {
    const { train } = tf
    const rates = [
      train.sgd(0.1),
      train.momentum(0.2, 0.9),
      train.adam(0.3),
      train.adamax(0.4),
      train.rmsprop(0.5),
      train.adagrad(0.6),
      train.adadelta(0.7),
    ].map(learningRate)
    expect(rates).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
  })

  it('gives the rate really used where assigning learningRate has no effect', () => {
    const sgd = tf.train.sgd(0.5) as unknown as Optimizer & { learningRate: number; setLearningRate(rate: number): void }
    sgd.learningRate = 0.001
    expect(learningRate(sgd)).toBe(0.5)
    sgd.setLearningRate(0.001)
    expect(learningRate(sgd)).toBe(0.001)
    const adam = tf.train.adam(0.5) as unknown as Optimizer & { learningRate: number }
    adam.learningRate = 0.01
    expect(learningRate(adam)).toBe(0.01)
  })
})
