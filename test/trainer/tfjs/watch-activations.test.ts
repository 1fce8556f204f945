import type { LayersModel, Tensor } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { seededRandom } from '../../../core/seeded-random.ts'
import { activationLayers } from '../../../trainer/tfjs/activations/activation-layers.ts'
import { type WatchActivationsOptions, watchActivations } from '../../../trainer/tfjs/activations/watch-activations.ts'
import { fitCallbacks } from '../../../trainer/tfjs/fit-callbacks.ts'
import { loadTf } from '../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../trainer/tfjs/tf.ts'
import { watch } from '../../../trainer/tfjs/watch.ts'
import { logRun, memoryRun } from './logged-run.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

const numbers = (count: number, seed: number): Float32Array => {
  const random = seededRandom(seed)
  return Float32Array.from({ length: count }, () => random() * 2 - 1)
}

/** Batch norm and dropout: layers that would give themselves away if the probe ran in training mode. */
function network(activation: 'relu' | 'tanh' | 'sigmoid' = 'relu', norm = true): LayersModel {
  const kernelInitializer = tf.initializers.heNormal({ seed: 7 })
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ name: 'conv', inputShape: [6, 6, 1], filters: 4, kernelSize: 3, activation, kernelInitializer }),
      ...(norm ? [tf.layers.batchNormalization({ name: 'norm' })] : []),
      tf.layers.flatten({ name: 'flat' }),
      tf.layers.dense({ name: 'hidden', units: 5, kernelInitializer }),
      tf.layers.activation({ name: 'act', activation }),
      tf.layers.dropout({ name: 'drop', rate: 0.5, seed: 3 }),
      tf.layers.dense({ name: 'logits', units: 3, activation: 'softmax', kernelInitializer }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' })
  return model
}

const probe = (): Tensor => tf.tensor4d(numbers(8 * 36, 5), [8, 6, 6, 1])

async function trainSteps(model: LayersModel, steps: number): Promise<number[]> {
  const x = tf.tensor4d(numbers(20 * 36, 3), [20, 6, 6, 1])
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(Int32Array.from({ length: 20 }, (_, i) => i % 3)), 3))
  const losses: number[] = []
  for (let step = 0; step < steps; step++) losses.push((await model.trainOnBatch(x, y)) as number)
  tf.dispose([x, y])
  return losses
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, one) => sum + one, 0) / values.length

describe('which layers are activations', () => {
  it('are those that apply a function inside the model, also in nested models; not its output, not softmax', () => {
    const inner = tf.sequential({ name: 'inner', layers: [tf.layers.dense({ name: 'deep', units: 3, inputShape: [4], activation: 'tanh' })] })
    const input = tf.input({ shape: [4] })
    const apply = (layer: LayersModel['layers'][number], to: ReturnType<typeof tf.input>) => layer.apply(to) as ReturnType<typeof tf.input>
    let value = apply(tf.layers.dense({ name: 'linear', units: 4 }), input)
    value = apply(tf.layers.leakyReLU({ name: 'leaky' }), value)
    value = apply(tf.layers.dense({ name: 'relu6', units: 4, activation: 'relu6' }), value)
    value = apply(tf.layers.activation({ name: 'attention', activation: 'softmax' }), value)
    value = apply(inner, value)
    value = apply(tf.layers.dense({ name: 'answer', units: 1, activation: 'sigmoid' }), value)
    const found = activationLayers(tf.model({ inputs: input, outputs: value }))
    expect(found.map(({ label, rule }) => [label, rule?.kind ?? null])).toEqual([
      ['leaky', null],
      ['relu6', 'zero'],
      ['deep', 'saturated'],
    ])
  })
})

describe('watchActivations', () => {
  it('logs what the hidden layers give for the rows in inference mode, before the update', async () => {
    // With batch norm the forward pass of the step would already have moved the running statistics.
    const model = network('relu', false)
    const rows = probe()
    const expected = tf.tidy(() => {
      const part = tf.model({ inputs: model.inputs, outputs: ['conv', 'act'].map((name) => model.getLayer(name).output as never) })
      return (part.predict(rows) as Tensor[]).map((one) => one.dataSync<'float32'>())
    }) as unknown as Float32Array[]
    const run = memoryRun()
    const watching = watchActivations(model, run, { tf, rows, every: 2 })
    rows.dispose()
    await trainSteps(model, 5)
    watching.unwatch()
    expect(run.logged.map(({ step }) => step)).toEqual([0, 2, 4])
    expect(Object.keys(run.logged[0]?.values ?? {}).sort()).toEqual(
      ['activation-mean/act', 'activation-mean/conv', 'activation-std/act', 'activation-std/conv', 'dead-fraction/act', 'dead-fraction/conv'].sort(),
    )
    const first = (name: string) => run.of(name)[0]?.[1] as number
    for (const [index, layer] of ['conv', 'act'].entries()) {
      const values = expected[index] as Float32Array
      expect(first(`activation-mean/${layer}`)).toBeCloseTo(mean(values), 6)
      expect(first(`activation-std/${layer}`)).toBeCloseTo(Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2))), 6)
      const units = layer === 'conv' ? 4 : 5
      const dead = Array.from({ length: units }, (_, unit) => values.every((value, i) => i % units !== unit || value === 0))
      expect(first(`dead-fraction/${layer}`)).toBe(dead.filter(Boolean).length / units)
    }
    expect(run.of('activation-mean/act')[2]?.[1]).not.toBe(first('activation-mean/act'))
  })

  it('sees every unit of a layer die, and channels one by one', async () => {
    const model = network()
    const [kernel, bias] = model.getLayer('conv').getWeights() as [Tensor, Tensor]
    expect(bias.shape).toEqual([4])
    model.getLayer('conv').setWeights([kernel, tf.tensor1d([-100, 0.5, -100, 0.5])])
    model.getLayer('hidden').setWeights([tf.zeros([64, 5]), tf.fill([5], -1)])
    const run = memoryRun()
    const rows = probe()
    watchActivations(model, run, { tf, rows, every: 1 })
    await trainSteps(model, 1)
    expect(run.of('dead-fraction/conv')).toEqual([[0, 0.5]])
    expect(run.of('dead-fraction/act')).toEqual([[0, 1]])
  })

  it('tells saturated values and units of tanh and sigmoid', async () => {
    for (const activation of ['tanh', 'sigmoid'] as const) {
      const model = network(activation)
      // Unit 0 is far out in every row, the others are at 0.
      model.getLayer('hidden').setWeights([tf.zeros([64, 5]), tf.tensor1d([50, 0, 0, 0, -50])])
      const run = memoryRun()
      watchActivations(model, run, { tf, rows: probe(), every: 1 })
      await trainSteps(model, 1)
      expect(run.of('saturated-fraction/act')).toEqual([[0, 0.4]])
      expect(run.of('saturated-units/act')).toEqual([[0, 0.4]])
      expect(run.of('dead-fraction/act')).toEqual([])
    }
  })

  it('measures the same on the device as by the loop', async () => {
    for (const activation of ['relu', 'tanh', 'sigmoid'] as const) {
      const logged = []
      for (const compute of ['loop', 'tensor'] as const) {
        const run = memoryRun()
        const watching = watchActivations(network(activation), run, { tf, rows: probe(), every: 1, compute, optimizer: tf.train.sgd(0.1) })
        watching.unwatch()
        const model = network(activation)
        watchActivations(model, run, { tf, rows: probe(), every: 1, compute })
        await trainSteps(model, 1)
        logged.push(run.logged[0]?.values as Record<string, number>)
      }
      const [loop, tensor] = logged as [Record<string, number>, Record<string, number>]
      expect(Object.keys(tensor)).toEqual(Object.keys(loop))
      for (const [name, value] of Object.entries(loop)) expect(tensor[name], name).toBeCloseTo(value, 5)
    }
  })

  it('changes no number of the training and leaves no tensor behind', async () => {
    const untouched = network()
    const plain = await trainSteps(untouched, 12)
    // All of them: training losses do not show the running statistics of batch norm.
    const weights = (model: LayersModel) => model.getWeights().map((weight) => [...weight.dataSync()])
    for (const compute of ['loop', 'tensor'] as const) {
      const model = network()
      const rows = probe()
      const run = memoryRun()
      const watching = watchActivations(model, run, { tf, rows, every: 1, compute })
      const losses = await trainSteps(model, 2)
      const tensors = tf.memory().numTensors
      losses.push(...(await trainSteps(model, 10)))
      expect(losses).toEqual(plain)
      expect(tf.memory().numTensors).toBe(tensors)
      expect(run.logged).toHaveLength(12)
      watching.unwatch()
      watching.unwatch()
      // Its clone of the rows is gone, ours is there.
      expect(tf.memory().numTensors).toBe(tensors - 1)
      rows.dispose()
      expect(tf.memory().numTensors).toBe(tensors - 2)
      expect(weights(model)).toEqual(weights(untouched))
      expect(Object.hasOwn(model.getLayer('conv'), 'call')).toBe(false)
    }
  })

  it('stops with a warning and lets the training go on when measuring fails', async () => {
    const model = network()
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    try {
      const run = memoryRun()
      watchActivations(model, run, { tf, rows: tf.zeros([8, 5]), every: 1 })
      expect(await trainSteps(model, 3)).toEqual(await trainSteps(network(), 3))
      expect(run.logged).toEqual([])
      expect(warning).toHaveBeenCalledTimes(1)
      expect(warning.mock.calls[0]?.[0]).toContain('watchActivations stopped measuring, training goes on')
    } finally {
      warning.mockRestore()
    }
  })

  it('measures at most 200 times in a run of known length, never more often than every 50 steps', async () => {
    const steps = async (totalSteps: number, trained: number) => {
      const run = memoryRun()
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], activation: 'relu' }), tf.layers.dense({ units: 1 })] })
      const optimizer = tf.train.sgd(0.1)
      watchActivations(model, run, { tf, rows: tf.ones([3, 2]), totalSteps, optimizer })
      for (let step = 0; step < trained; step++) optimizer.applyGradients({})
      return run.logged.map(({ step }) => step)
    }
    expect(await steps(300, 120)).toEqual([0, 50, 100])
    expect(await steps(20_000, 120)).toEqual([0, 100])
  })

  it('refuses wrong calls with a reason', () => {
    const model = network()
    const rows = probe()
    const call = (options: object, of: unknown = model, run: unknown = memoryRun()) => {
      try {
        watchActivations(of as LayersModel, run as never, { tf, rows, ...options } as WatchActivationsOptions)
        return 'accepted'
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(call({}, {})).toContain('needs a TensorFlow.js layers model')
    expect(call({}, model, {})).toContain('needs a run')
    expect(call({ tf: undefined })).toContain('needs the TensorFlow.js module')
    expect(call({ rows: [1, 2] })).toContain('rows must be a tensor')
    expect(call({ every: 0 })).toContain('every is 0')
    expect(call({ totalSteps: -1 })).toContain('totalSteps is -1')
    expect(call({ compute: 'gpu' })).toContain('compute is "gpu"')
    expect(call({}, tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] }))).toContain('is not compiled')
  })
})

describe('watch with rows', () => {
  it('also measures activations, numbered like the updates and the batches of fit', async () => {
    const model = network()
    await logRun(
      async (run) => {
        const rows = probe()
        const watching = watch(model, run, { tf, rows, updates: 2, gradients: false, histograms: false, activations: 4 })
        rows.dispose()
        const x = tf.tensor4d(numbers(20 * 36, 3), [20, 6, 6, 1])
        const y = tf.oneHot(tf.tensor1d(Int32Array.from({ length: 20 }, (_, i) => i % 3)), 3)
        await model.fit(x, y, { epochs: 2, batchSize: 5, verbose: 0, callbacks: fitCallbacks(run) })
        watching.unwatch()
        await model.fit(x, y, { epochs: 1, batchSize: 5, verbose: 0, callbacks: fitCallbacks(run) })
      },
      async ({ points }) => {
        expect((await points('update-ratio/conv')).step).toEqual([0, 2, 4, 6])
        expect((await points('dead-fraction/conv')).step).toEqual([0, 4])
        expect((await points('train/loss')).step).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      },
    )
  })

  it('needs rows for activations, and a model', () => {
    const model = network()
    expect(() => watch(model, memoryRun(), { tf, activations: 10 })).toThrow('activations are measured on fixed rows')
    expect(() => watch(model, memoryRun(), { tf, activations: 0, rows: probe() })).toThrow('activations is 0')
  })
})
