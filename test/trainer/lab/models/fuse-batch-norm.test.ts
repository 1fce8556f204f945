import type { LayersModel, Tensor } from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fuseBatchNorm } from '../../../../trainer/lab/models/fuse-batch-norm.ts'
import { fusionPlan } from '../../../../trainer/lab/models/fusion-plan.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { build, filled, wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})
afterEach(async () => {
  await tf.setBackend('wasm')
})

/** Moving statistics, gains and shifts far from where they start, as after training. */
function unsettle(model: LayersModel): void {
  for (const [seed, layer] of model.layers.entries()) {
    if (layer.getClassName() !== 'BatchNormalization') continue
    const [gamma, beta, mean, variance] = [0, 1, 2, 3].map((part) => filled(layer.weights[0]!.shape[0]!, 10 * seed + part)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ]
    const values = [gamma.map((value) => 1 + value), beta, mean, variance.map((value) => 2 + 1.9 * value)]
    const tensors = values.map((part) => tf.tensor1d(part))
    layer.setWeights(tensors)
    tf.dispose(tensors)
  }
}

function largestDifference(a: LayersModel, b: LayersModel, x: Tensor): number {
  return tf.tidy(() => {
    const [first, second] = [a, b].map((model) => model.predict(x) as Tensor) as [Tensor, Tensor]
    const scale = tf.max(tf.abs(first)).dataSync()[0]!
    expect(scale).toBeGreaterThan(0.01)
    return tf.max(tf.abs(tf.sub(first, second))).dataSync()[0]! / scale
  })
}

describe('fusing batch norm for inference', () => {
  it.each([
    [{ kind: 'vgg', stages: 2, filters: 4, norm: 'batch', head: { kind: 'dense', units: [5] }, dropout: 0.5 }, 'wasm', 5],
    [{ kind: 'residual', stages: 2, filters: 4, blocks: 2 }, 'wasm', 10],
    [{ kind: 'residual', stages: 2, filters: 4, blocks: 2 }, 'cpu', 10],
    [{ kind: 'bottleneck', stages: 2, filters: 2, blocks: 1, activation: 'gelu' }, 'wasm', 9],
    [{ kind: 'mlp', hidden: [8, 6], norm: 'batch', activation: 'prelu' }, 'wasm', 2],
  ] as const)('%j on %s: the same numbers with %i layers fewer, the old model untouched', async (config, backend, norms) => {
    await tf.setBackend(backend)
    const before = tf.memory().numTensors
    const lab = build(tf, config)
    unsettle(lab.model)
    const weights = lab.model.getWeights().map((weight) => [...weight.dataSync()])
    const fused = fuseBatchNorm(tf, lab.model)
    expect(fused.layers).toHaveLength(lab.model.layers.length - norms)
    expect(fused.layers.some((layer) => layer.getClassName() === 'BatchNormalization')).toBe(false)
    expect(fusionPlan(lab.model)).toMatchObject({ left: [] })
    expect(fusionPlan(lab.model).fused).toHaveLength(norms)
    const x = tf.tensor4d(filled(6 * 64, 3), [6, 8, 8, 1])
    expect(largestDifference(lab.model, fused, x)).toBeLessThan(1e-5)
    expect(lab.model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(weights)
    x.dispose()
    fused.dispose()
    lab.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('fuses a model that has been trained with', () => {
    const lab = build(tf, { kind: 'vgg', stages: 1, filters: 4, norm: 'batch' })
    const x = tf.tensor4d(filled(6 * 64, 3), [6, 8, 8, 1])
    for (let step = 0; step < 3; step++) tf.dispose(lab.model.apply(x, { training: true }) as Tensor)
    const fused = fuseBatchNorm(tf, lab.model)
    expect(largestDifference(lab.model, fused, x)).toBeLessThan(1e-5)
    tf.dispose(x)
    fused.dispose()
    lab.dispose()
  })

  it('leaves what it cannot fuse, and says why', () => {
    const input = tf.input({ shape: [6, 6, 1], name: 'image' })
    const at = (layer: LayersModel['layers'][number], x: unknown) => layer.apply(x as never)
    const norm = (name: string) => tf.layers.batchNormalization({ name })
    const first = at(norm('on-input'), input)
    const relu = at(tf.layers.conv2d({ name: 'relu-conv', filters: 2, kernelSize: 3, activation: 'relu' }), first)
    const after = at(norm('after-relu'), relu)
    const shared = at(tf.layers.conv2d({ name: 'shared', filters: 2, kernelSize: 1 }), after)
    const sum = at(tf.layers.add({ name: 'sum' }), [at(norm('of-shared'), shared), shared, shared])
    const plain = at(norm('fusible'), at(tf.layers.conv2d({ name: 'plain', filters: 3, kernelSize: 3 }), sum))
    const model = tf.model({ inputs: input, outputs: at(tf.layers.flatten(), plain) as never })
    unsettle(model)
    expect(fusionPlan(model)).toEqual({
      fused: [{ norm: 'fusible', into: 'plain' }],
      left: [
        { norm: 'on-input', reason: 'it follows "image" (InputLayer), which has no kernel to fold it into' },
        { norm: 'after-relu', reason: '"relu-conv" applies the activation relu before it' },
        { norm: 'of-shared', reason: '"sum" needs the output of "shared" without it' },
      ],
    })
    const fused = fuseBatchNorm(tf, model)
    expect(fused.layers).toHaveLength(model.layers.length - 1)
    const x = tf.tensor4d(filled(4 * 36, 8), [4, 6, 6, 1])
    expect(largestDifference(model, fused, x)).toBeLessThan(1e-5)
  })

  it('fuses sequential models', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, inputShape: [5], useBias: false }),
        tf.layers.batchNormalization({ scale: false }),
        tf.layers.dense({ units: 2 }),
      ],
    })
    const x = tf.tensor2d(filled(15), [3, 5])
    model.apply(x)
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
    const norm = model.layers[1]!
    norm.setWeights([tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([0.1, 0.2, 0.3, 0.4]), tf.tensor1d([2, 3, 4, 5])])
    const fused = fuseBatchNorm(tf, model)
    expect(fused.layers.map((layer) => layer.getClassName())).toEqual(['InputLayer', 'Dense', 'Dense'])
    expect(largestDifference(model, fused, x)).toBeLessThan(1e-5)
  })

  it('refuses models it would get wrong', () => {
    const inner = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] })
    const outer = tf.sequential({ name: 'outer', layers: [inner, tf.layers.dense({ units: 1 })] })
    expect(() => fuseBatchNorm(tf, outer)).toThrow('model "outer" cannot be fused: it is not built yet')
    outer.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
    expect(() => fuseBatchNorm(tf, outer)).toThrow('model "outer" cannot be fused: it holds another model')
    const input = tf.input({ shape: [2] })
    const twice = tf.layers.dense({ units: 2 })
    const shared = tf.model({ inputs: input, outputs: twice.apply(twice.apply(input)) as never, name: 'shared' })
    expect(() => fuseBatchNorm(tf, shared)).toThrow('model "shared" cannot be fused: it uses a layer more than once')
  })
})
