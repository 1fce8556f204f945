import type { LayersModel, Optimizer, Tensor, Variable } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Histogram, histogramTotal, type Log10RatioHistogram } from '../../../core/kinds/histogram.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import { loadTf } from '../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../trainer/tfjs/tf.ts'
import { watch, watchOptimizer } from '../../../trainer/tfjs/watch.ts'
import { logRun, memoryRun } from './logged-run.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

const numbers = (count: number, seed: number): Float32Array => {
  const random = seededRandom(seed)
  return Float32Array.from({ length: count }, () => random() * 2 - 1)
}

function network(optimizer: Optimizer = tf.train.adam(0.01)): LayersModel {
  const kernelInitializer = tf.initializers.heNormal({ seed: 7 })
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ name: 'first', inputShape: [6], units: 8, activation: 'relu', kernelInitializer }),
      tf.layers.dense({ name: 'second', units: 3, activation: 'softmax', kernelInitializer }),
    ],
  })
  model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  return model
}

function data(): { x: Tensor; y: Tensor } {
  const classes = Int32Array.from(numbers(40, 4), (value) => Math.floor((value + 1) * 1.4999))
  return { x: tf.tensor2d(numbers(240, 3), [40, 6]), y: tf.tidy(() => tf.oneHot(tf.tensor1d(classes, 'int32'), 3)) }
}

async function trainSteps(model: LayersModel, steps: number): Promise<number[]> {
  const { x, y } = data()
  const losses: number[] = []
  for (let step = 0; step < steps; step++) losses.push(((await model.trainOnBatch(x, y)) as number[])[0]!)
  tf.dispose([x, y])
  return losses
}

const kernel = (model: LayersModel, layer: string): Float32Array => model.getLayer(layer).getWeights()[0]!.dataSync<'float32'>().slice()
const norm = (values: ArrayLike<number>): number => Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0))

describe('watch with model.fit and a real store', () => {
  it('logs ratios, norms, histograms and the model, which can be read back', async () => {
    const model = network()
    await logRun(
      async (run) => {
        const watching = watch(model, run, { tf, updates: 2, gradients: 4, histograms: 4 })
        const { x, y } = data()
        await model.fit(x, y, { epochs: 3, batchSize: 10, verbose: 0 })
        watching.unwatch()
      },
      async ({ names, points, records }) => {
        expect(names).toEqual([
          'gradient-norm/first',
          'gradient-norm/global',
          'gradient-norm/second',
          'lost-update/first',
          'lost-update/second',
          'twin-units/highest',
          'update-ratio/first',
          'update-ratio/second',
          'weight-norm/global',
        ])
        expect((await points('twin-units/highest')).step).toEqual([0])
        const [training] = await records('training')
        expect(training?.payload).toEqual({
          data: { optimizer: 'Adam', loss: 'categoricalCrossentropy', outputs: 3, outputActivation: 'softmax' },
        })
        expect((await points('update-ratio/first')).step).toEqual([0, 2, 4, 6, 8, 10])
        expect((await points('gradient-norm/global')).step).toEqual([0, 4, 8])
        const histograms = await records('update-ratio-histogram/first')
        expect(histograms.map(({ step }) => step)).toEqual([0, 4, 8])
        for (const { payload } of histograms) expect(histogramTotal(payload as unknown as Histogram)).toBe(6 * 8)
        const [table] = await records('model')
        expect(table).toMatchObject({ kind: 'model', payload: { parameters: 6 * 8 + 8 + 8 * 3 + 3, trainableParameters: 83 } })
        expect(table?.payload).toMatchObject({
          layers: [
            { name: 'first', outputShape: [null, 8] },
            { name: 'second', outputShape: [null, 3] },
          ],
        })
      },
    )
  })
})

describe('what is measured', () => {
  it('is the change really applied, over the weights before it', async () => {
    const model = network(tf.train.momentum(0.1, 0.9))
    const run = memoryRun()
    watch(model, run, { tf, updates: 1, histograms: 1 })
    for (let step = 0; step < 3; step++) {
      const before = kernel(model, 'first')
      await trainSteps(model, 1)
      const after = kernel(model, 'first')
      const change = after.map((value, i) => value - before[i]!)
      expect(run.of('update-ratio/first')[step]).toEqual([step, expect.closeTo(norm(change) / norm(before), 9)])
      const histogram = (run.of('update-ratio-histogram/first')[step]![1] as { payload: Log10RatioHistogram }).payload
      const unchanged = after.filter((value, i) => value === before[i]).length
      expect(histogram.zero).toBe(unchanged)
      const bins = Array<number>(80).fill(0)
      after.forEach((value, i) => {
        const quotient = Math.abs(value - before[i]!) / Math.abs(before[i]!)
        if (quotient > 0) bins[Math.floor((Math.log10(quotient) + 8) * 8)]!++
      })
      expect(histogram.counts).toEqual(bins)
    }
  })

  it('is the gradient before the optimizer, over all trainable weights for the global norm', async () => {
    const model = network(tf.train.sgd(0.5))
    const run = memoryRun()
    watch(model, run, { tf, gradients: 1 })
    const weights = () => model.getWeights().map((weight) => weight.dataSync<'float32'>().slice())
    const before = weights()
    await trainSteps(model, 1)
    // Plain SGD: the gradient is the change divided by the rate.
    const gradients = weights().map((after, i) => after.map((value, j) => (before[i]![j]! - value) / 0.5))
    expect(run.of('gradient-norm/first')[0]![1]).toBeCloseTo(norm(gradients[0]!), 5)
    expect(run.of('gradient-norm/global')[0]![1]).toBeCloseTo(norm(gradients.flatMap((gradient) => [...gradient])), 5)
  })

  it('leaves out biases and frozen layers', async () => {
    const model = network()
    model.getLayer('first').trainable = false
    model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
    const run = memoryRun()
    watch(model, run, { tf, updates: 1, histograms: 1 })
    await trainSteps(model, 2)
    const names = new Set(run.logged.flatMap(({ values }) => Object.keys(values)))
    expect([...names].filter((name) => name.startsWith('update-ratio/'))).toEqual(['update-ratio/second'])
  })

  it('is NaN, not silence, once weights are NaN', async () => {
    const model = network(tf.train.sgd(Number.POSITIVE_INFINITY))
    const run = memoryRun()
    watch(model, run, { tf, updates: 1, histograms: 1 })
    await trainSteps(model, 2)
    expect(run.of('update-ratio/second')[1]![1]).toBeNaN()
    const histogram = (run.of('update-ratio-histogram/second')[1]![1] as { payload: Log10RatioHistogram }).payload
    expect(histogram.nonFinite).toBeGreaterThan(0)
    expect(histogramTotal(histogram)).toBe(24)
  })

  it('tells lost updates from zero gradients', () => {
    const variable = tf.variable(tf.tensor2d([[1, 1, 1, 1]]), true, 'lonely/kernel')
    const optimizer = tf.train.sgd(1)
    const run = memoryRun()
    watchOptimizer(optimizer, run, { tf, updates: 1, histograms: 1 })
    // Half an ulp of 1 is 6e-8: 1e-9 is lost, 0 never was there.
    optimizer.applyGradients({ [variable.name]: tf.tensor2d([[0, 1e-9, 1e-9, 0.5]]) })
    const histogram = (run.of('update-ratio-histogram/lonely')[0]![1] as { payload: Log10RatioHistogram }).payload
    expect(histogram.zero).toBe(3)
    expect(run.of('lost-update/lonely')).toEqual([[0, 0.5]])
    variable.dispose()
  })
})

describe('custom loops', () => {
  it('measures optimizer.minimize over named variables and logs to a real store', async () => {
    const weights = tf.variable(tf.tensor2d([[3, 4]]), true, 'encoder/kernel') as Variable
    const target = tf.tensor2d([[0, 0]])
    await logRun(
      (run) => {
        const optimizer = tf.train.sgd(0.05)
        const watching = watchOptimizer(optimizer, run, { tf, updates: 1, gradients: 1 })
        for (let step = 0; step < 3; step++) optimizer.minimize(() => tf.sum(tf.squaredDifference(weights, target)))
        watching.unwatch()
      },
      async ({ points }) => {
        // Gradient 2w, so every step changes w by 2 · 0.05 of itself.
        const ratios = await points('update-ratio/encoder')
        expect(ratios.step).toEqual([0, 1, 2])
        for (const ratio of ratios.value) expect(ratio).toBeCloseTo(0.1, 6)
        expect((await points('gradient-norm/encoder')).value[0]).toBeCloseTo(10, 5)
      },
    )
    tf.dispose([weights, target])
  })
})

describe('the training itself', () => {
  it.each(['loop', 'tensor'] as const)('has bit-identical losses and leaks no tensor while watched (%s)', async (compute) => {
    const plain = await trainSteps(network(), 25)
    const model = network()
    const run = memoryRun()
    const watching = watch(model, run, { tf, updates: 1, gradients: 1, histograms: 1, compute })
    const first = await trainSteps(model, 5)
    const tensors = tf.memory().numTensors
    const rest = await trainSteps(model, 20)
    await watching.settled()
    expect(tf.memory().numTensors).toBe(tensors)
    expect([...first, ...rest]).toEqual(plain)
    expect(run.of('update-ratio/first')).toHaveLength(25)
  })

  it('goes on when logging throws; a warning says that measuring stopped', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const plain = await trainSteps(network(), 4)
    const model = network()
    const tensors = tf.memory().numTensors
    const run = {
      log() {
        throw new Error('no disk')
      },
    }
    watch(model, run, { tf, updates: 1 })
    expect(await trainSteps(model, 4)).toEqual(plain)
    expect(warned.mock.calls).toEqual([[expect.stringContaining('watch stopped measuring, training goes on: no disk'), 'LossboardWarning']])
    expect(Object.hasOwn(model.optimizer, 'applyGradients')).toBe(false)
    // Adam's moments, two per weight, and its two accumulated betas are the only new tensors.
    expect(tf.memory().numTensors - tensors).toBeLessThanOrEqual(2 * 4 + 2)
    warned.mockRestore()
  })

  it('lets the optimizer’s own error through', async () => {
    const optimizer = tf.train.sgd(0.1)
    const run = memoryRun()
    watchOptimizer(optimizer, run, { tf, updates: 1 })
    expect(() => optimizer.applyGradients({ 'no such variable': tf.zeros([2, 2]) })).toThrow()
    expect(run.logged.flatMap(({ values }) => Object.keys(values))).toEqual(['training'])
  })

  it('gets its optimizer back as it was after unwatch, also with two watchers', async () => {
    const model = network()
    const one = memoryRun()
    const two = memoryRun()
    const first = watch(model, one, { tf, updates: 1 })
    const second = watch(model, two, { tf, updates: 1 })
    await trainSteps(model, 1)
    first.unwatch()
    first.unwatch()
    await trainSteps(model, 1)
    second.unwatch()
    await trainSteps(model, 1)
    expect(one.of('update-ratio/first')).toHaveLength(1)
    expect(two.of('update-ratio/first')).toHaveLength(2)
    expect(Object.hasOwn(model.optimizer, 'applyGradients')).toBe(false)
  })
})

describe('sampling', () => {
  it('measures every 10 steps by default', async () => {
    const run = memoryRun()
    const model = network()
    watch(model, run, { tf })
    await trainSteps(model, 31)
    expect(run.of('update-ratio/first').map(([step]) => step)).toEqual([0, 10, 20, 30])
    expect(run.of('gradient-norm/first').map(([step]) => step)).toEqual([0, 10, 20, 30])
  })

  it('goes on counting where an earlier watch of the run stopped, or where it is told', async () => {
    const run = memoryRun()
    const model = network()
    const watching = watch(model, run, { tf, updates: 1 })
    await trainSteps(model, 3)
    watching.unwatch()
    watch(model, run, { tf, updates: 1 })
    await trainSteps(model, 1)
    expect(run.of('update-ratio/first').map(([step]) => step)).toEqual([0, 1, 2, 3])
    const resumed = memoryRun()
    watch(model, { ...resumed, firstStep: 40 }, { tf, updates: 1 })
    watch(model, resumed, { tf, updates: 1, firstStep: 100 })
    await trainSteps(model, 1)
    expect(resumed.of('update-ratio/first').map(([step]) => step)).toEqual([40, 100])
  })
})

describe('misuse is told at the call', () => {
  it('names what is wrong', () => {
    const run = memoryRun()
    const model = network()
    const uncompiled = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] })
    expect(() => watch(uncompiled, run, { tf })).toThrow(/not compiled: call model.compile/)
    expect(() => watch(model, run, {} as never)).toThrow(/watch\(model, run, \{ tf \}\)/)
    expect(() => watch(model, run, { tf, updates: 0 })).toThrow(/updates is 0/)
    expect(() => watch(model, run, { tf, histograms: 2.5 })).toThrow(/histograms is 2.5/)
    expect(() => watch(model, {} as never, { tf })).toThrow(/needs a run/)
    expect(() => watchOptimizer({} as never, run, { tf })).toThrow(/needs a TensorFlow.js optimizer/)
  })
})
