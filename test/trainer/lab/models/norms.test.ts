import type { Tensor } from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { normaliseGroups } from '../../../../trainer/lab/models/layers/normalise-groups.ts'
import { normLayer, normSchema } from '../../../../trainer/lab/models/norms/registry.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { build, filled, wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})
afterEach(async () => {
  await tf.setBackend('wasm')
})

const EPSILON = 1e-5

/** Groups of neighbouring channels of [batch, positions, channels], by the definition, in double precision. */
function byHand(x: Float64Array, [batch, positions, channels]: [number, number, number], groups: number): Float64Array {
  const y = new Float64Array(x.length)
  const wide = channels / groups
  for (let example = 0; example < batch; example++)
    for (let group = 0; group < groups; group++) {
      const places: number[] = []
      for (let position = 0; position < positions; position++)
        for (let channel = group * wide; channel < (group + 1) * wide; channel++) places.push((example * positions + position) * channels + channel)
      const mean = places.reduce((sum, at) => sum + x[at]!, 0) / places.length
      const variance = places.reduce((sum, at) => sum + (x[at]! - mean) ** 2, 0) / places.length
      for (const at of places) y[at] = (x[at]! - mean) / Math.sqrt(variance + EPSILON)
    }
  return y
}

const CASES: [what: string, shape: number[], groups: number][] = [
  ['layer norm of vectors', [3, 6], 1],
  ['group norm of vectors', [3, 6], 2],
  ['layer norm of images', [2, 3, 4, 4], 1],
  ['group norm of images', [2, 3, 4, 4], 2],
  ['instance norm of images', [2, 3, 4, 4], 4],
]

describe('norms within an example', () => {
  it.each(CASES.flatMap((one) => [[...one, 'wasm'] as const, [...one, 'cpu'] as const]))(
    '%s, shape %j, %i groups, on %s: values and gradient equal the definition',
    async (_what, shape, groups, backend) => {
      await tf.setBackend(backend)
      const size = shape.reduce((a, b) => a * b, 1)
      const view: [number, number, number] = [shape[0]!, size / shape[0]! / shape.at(-1)!, shape.at(-1)!]
      const values = filled(size, 3)
      const weights = filled(size, 4)
      const before = tf.memory().numTensors
      const x = tf.tensor(values, shape)
      const y = normaliseGroups(tf, x, groups, EPSILON)
      const gradient = tf.grad((input) => tf.sum(tf.mul(normaliseGroups(tf, input, groups, EPSILON), tf.tensor(weights, shape))))(x)
      const wanted = byHand(Float64Array.from(values), view, groups)
      for (const [i, value] of [...y.dataSync()].entries()) expect(Math.abs(value - wanted[i]!)).toBeLessThan(3e-6)
      // Central differences of the same weighted sum, in double precision.
      const score = (input: Float64Array) => byHand(input, view, groups).reduce((sum, value, i) => sum + value * weights[i]!, 0)
      for (const [i, value] of [...gradient.dataSync()].entries()) {
        const up = Float64Array.from(values)
        const down = Float64Array.from(values)
        up[i]! += 1e-5
        down[i]! -= 1e-5
        expect(Math.abs(value - (score(up) - score(down)) / 2e-5)).toBeLessThan(2e-5)
      }
      tf.dispose([x, y, gradient])
      expect(tf.memory().numTensors).toBe(before)
    },
  )

  it('scale and shift each channel, and learn to', () => {
    const layer = normLayer(tf, normSchema.parse('layer'), { name: 'ln', after: 'conv', positions: 4, channels: 2 })!
    const x = tf.tensor4d(filled(16), [2, 2, 2, 2])
    layer.apply(x)
    layer.setWeights([tf.tensor1d([2, 3]), tf.tensor1d([10, 20])])
    const y = tf.reshape(layer.apply(x) as Tensor, [2, 4, 2])
    const plain = tf.reshape(normaliseGroups(tf, x, 1, EPSILON), [2, 4, 2])
    expect(tf.max(tf.abs(tf.sub(y, tf.add(tf.mul(plain, [2, 3]), [10, 20])))).dataSync()[0]).toBeLessThan(1e-5)
    const { grads } = tf.variableGrads(() => tf.sum(layer.apply(x) as Tensor) as never)
    // d sum / dβ counts the values of a channel: 2 examples × 4 positions.
    expect([...grads[layer.weights[1]!.name]!.dataSync()].map(Math.round)).toEqual([8, 8])
    const byChannel = tf.sum(plain, [0, 1]).dataSync()
    for (const [channel, value] of [...grads[layer.weights[0]!.name]!.dataSync()].entries()) expect(value).toBeCloseTo(byChannel[channel]!, 4)
    // And on to x through the gain.
    const dx = tf.grad((input) => tf.sum(tf.square(layer.apply(input) as Tensor)))(x)
    const composed = tf.grad((input) => tf.sum(tf.square(tf.add(tf.mul(normaliseGroups(tf, input, 1, EPSILON), [2, 3]), [10, 20]))))(x)
    expect(tf.max(tf.abs(tf.sub(dx, composed))).dataSync()[0]).toBeLessThan(1e-4)
  })

  it('give an example the same numbers whatever else is in the batch', () => {
    for (const norm of ['layer', 'instance', { kind: 'group', groups: 2 }]) {
      const lab = build(tf, { kind: 'vgg', stages: 1, filters: 4, norm })
      const images = tf.tensor4d(filled(4 * 64), [4, 8, 8, 1])
      const together = tf.slice2d(lab.model.apply(images, { training: true }) as never, [0, 0], [1, 3])
      const alone = lab.model.apply(tf.slice4d(images, [0, 0, 0, 0], [1, 8, 8, 1]), { training: true }) as Tensor
      expect(tf.max(tf.abs(tf.sub(together, alone))).dataSync()[0]).toBeLessThan(1e-6)
      lab.dispose()
    }
  })
})

describe('batch norm', () => {
  const batchNorm = (options = {}) =>
    normLayer(tf, normSchema.parse({ kind: 'batch', ...options }), { name: 'bn', after: 'dense', positions: 1, channels: 2 })!
  const moving = (layer: ReturnType<typeof batchNorm>) => layer.weights.slice(2).map((weight) => [...weight.read().dataSync()])

  it('normalises by the batch in training and by the moving averages, momentum 0.9, in inference', () => {
    const layer = batchNorm()
    const x = tf.tensor2d([
      [1, 10],
      [3, 30],
    ])
    const trained = layer.apply(x, { training: true }) as Tensor
    expect([...trained.dataSync()].map((value) => Math.round(value * 1e3) / 1e3)).toEqual([-1, -1, 1, 1])
    // 0.9 · 0 + 0.1 · mean; 0.9 · 1 + 0.1 · variance (divided by n).
    const [mean, variance] = moving(layer)
    expect(mean!.map((value) => value.toFixed(4))).toEqual(['0.2000', '2.0000'])
    expect(variance!.map((value) => value.toFixed(4))).toEqual(['1.0000', '10.9000'])
    const inference = layer.apply(x) as Tensor
    expect(inference.dataSync()[0]).toBeCloseTo((1 - 0.2) / Math.sqrt(1 + 1e-5), 5)
    expect(layer.getClassName()).toBe('BatchNormalization')
  })

  it('leaves its moving averages alone when frozen, also in training', () => {
    const layer = batchNorm()
    const x = tf.tensor2d([
      [1, 10],
      [3, 30],
    ])
    layer.apply(x)
    layer.trainable = false
    const before = moving(layer)
    const y = layer.apply(x, { training: true }) as Tensor
    expect(moving(layer)).toEqual(before)
    expect(y.dataSync()[0]).toBeCloseTo(1, 4)
  })

  it.each([
    ['training', 'wasm'],
    ['training', 'cpu'],
    ['inference', 'wasm'],
    ['inference', 'cpu'],
  ])('has the values, gradients and moving averages of the layer of TensorFlow.js, in %s on %s', async (mode, backend) => {
    await tf.setBackend(backend)
    const own = batchNorm()
    const original = tf.layers.batchNormalization({ name: 'original', momentum: 0.9, epsilon: 1e-5 })
    const x = tf.tensor4d(filled(2 * 3 * 3 * 2), [2, 3, 3, 2])
    const weights = tf.tensor4d(filled(2 * 3 * 3 * 2, 9), [2, 3, 3, 2])
    const results = [own, original].map((layer) => {
      layer.apply(x)
      layer.setWeights([tf.tensor1d([2, -3]), tf.tensor1d([0.5, 1]), tf.tensor1d([0.1, 0.2]), tf.tensor1d([1, 2])])
      const score = (input: Tensor) => tf.sum(tf.mul(layer.apply(input, { training: mode === 'training' }) as Tensor, weights))
      const dx = tf.grad(score)(x)
      const { value, grads } = tf.variableGrads(() => score(x) as never)
      return [dx, value, grads[layer.weights[0]!.name]!, grads[layer.weights[1]!.name]!, ...layer.getWeights()].flatMap((tensor) => [
        ...tensor.dataSync(),
      ])
    })
    expect(results[0]).toHaveLength(36 + 1 + 4 + 8)
    results[0]!.forEach((value, i) => {
      expect(Math.abs(value - results[1]![i]!)).toBeLessThan(1e-5)
    })
  })

  it('keeps its precision over many positions far from 0', () => {
    const rows = 64 * 28 * 28
    const layer = normLayer(tf, normSchema.parse('batch'), { name: 'bn', after: 'conv', positions: 784, channels: 1 })!
    const values = filled(rows).map((value) => 10 + value)
    const mean = values.reduce((sum, value) => sum + value, 0) / rows
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows
    layer.apply(tf.tensor4d(values, [64, 28, 28, 1]), { training: true })
    const [movingMean, movingVariance] = moving(layer)
    expect(movingMean![0]! / 0.1 / mean).toBeCloseTo(1, 4)
    expect((movingVariance![0]! - 0.9) / 0.1 / variance).toBeCloseTo(1, 4)
  })

  it('leaves no tensor behind in training', () => {
    const layer = batchNorm()
    const x = tf.tensor2d(filled(20), [10, 2])
    layer.apply(x)
    const before = tf.memory().numTensors
    tf.dispose(tf.grad((input) => tf.sum(layer.apply(input, { training: true }) as Tensor))(x))
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('norms that cannot work are refused, with the numbers', () => {
  const image = { kind: 'vgg', stages: 3, filters: 6 }
  it.each([
    [{ ...image, norm: 'group' }, 'group norm with 8 groups cannot divide the 6 channels of "stage1-conv1": choose groups among 1, 2, 3, 6'],
    [{ kind: 'mlp', hidden: [10], norm: { kind: 'group', groups: 4 } }, 'group norm with 4 groups cannot divide the 10 channels of "hidden1"'],
    [{ kind: 'mlp', norm: 'instance' }, 'instance norm after "hidden1" would normalise over one value'],
    [{ kind: 'mlp', hidden: [1], norm: 'layer' }, 'layer norm after "hidden1" would normalise over one value'],
    [{ kind: 'mlp', hidden: [8], norm: { kind: 'group', groups: 8 } }, 'group norm after "hidden1" would normalise over one value'],
  ])('%j', (config, message) => {
    const before = tf.memory().numTensors
    expect(() => build(tf, config)).toThrow(message)
    expect(tf.memory().numTensors).toBe(before)
  })
})
