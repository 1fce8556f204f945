import type { LayersModel, Optimizer, Tensor } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../core/seeded-random.ts'
import { loadTf } from '../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../trainer/tfjs/tf.ts'
import { watch } from '../../../trainer/tfjs/watch.ts'
import { memoryRun } from './logged-run.ts'

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

describe('faults that are either there or not', () => {
  it.each(['loop', 'tensor'] as const)('names the first weights that were not finite, between samples too (%s)', async (compute) => {
    const model = network(tf.train.sgd(0.1))
    const run = memoryRun()
    watch(model, run, { tf, compute })
    await trainSteps(model, 3)
    const [weights, ...rest] = model.getLayer('second').getWeights() as [Tensor, ...Tensor[]]
    const broken = tf.tidy(() => tf.where(tf.equal(weights, tf.min(weights)), Number.NaN, weights))
    model.getLayer('second').setWeights([broken, ...rest])
    await trainSteps(model, 9)
    const of = (prefix: string) =>
      run.logged.flatMap(({ step, values }) =>
        Object.entries(values).flatMap(([name, value]) => (name.startsWith(prefix) ? [[step, name, value]] : [])),
      )
    expect(of('non-finite-weights/')).toEqual([[3, 'non-finite-weights/second', 1]])
    expect(of('non-finite-gradients/').map(([step, name]) => `${step} ${name}`)).toContainEqual(
      expect.stringMatching(/^3 non-finite-gradients.second.bias/),
    )
    tf.dispose(broken)
  })

  it('says how many units of a layer are alike, and looks again while they are', async () => {
    const alike = memoryRun()
    const model = network(tf.train.sgd(0.1))
    for (const name of ['first', 'second']) {
      const layer = model.getLayer(name)
      layer.setWeights(layer.getWeights().map((weight) => tf.fill(weight.shape, 0.1)))
    }
    watch(model, alike, { tf, updates: 2 })
    await trainSteps(model, 5)
    // The labels tell the units of the last layer apart after one update; those of the first get one gradient for ever.
    expect(alike.of('twin-units/first')).toEqual([0, 2, 4].map((step) => [step, 1]))
    expect(alike.of('twin-units/second')).toEqual([
      [0, 1],
      [2, 0],
    ])
    expect(alike.of('twin-units/highest')).toEqual([0, 2, 4].map((step) => [step, 1]))
    const different = memoryRun()
    watch(network(), different, { tf, updates: 1 })
    expect(different.of('twin-units/first')).toEqual([])
  })
})
