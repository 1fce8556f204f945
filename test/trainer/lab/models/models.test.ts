import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { checkMetricName } from '../../../../core/metric-name.ts'
import { exportWeights } from '../../../../trainer/lab/models/named-weights.ts'
import { buildModel, modelSchema } from '../../../../trainer/lab/models/registry.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { build, CONTEXT, filled, names, wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})
afterEach(async () => {
  await tf.setBackend('wasm')
})

describe('layers and their names', () => {
  it('linear: the flattened image and one dense layer', () => {
    const lab = build(tf, { kind: 'linear' })
    expect(names(lab)).toEqual(['input', 'flatten', 'output'])
    expect(lab.head).toBe('output')
    expect(lab.model.countParams()).toBe(64 * 3 + 3)
    lab.dispose()
  })

  it('mlp: dense, norm, activation, dropout per hidden layer; no flattening of vectors', () => {
    const lab = build(tf, { kind: 'mlp', hidden: [7, 5], norm: 'layer', dropout: 0.1 }, { inputShape: [4] })
    expect(names(lab).slice(0, 6)).toEqual(['input', 'hidden1', 'hidden1-norm', 'hidden1-activation', 'hidden1-dropout', 'hidden2'])
    expect(lab.model.countParams()).toBe(4 * 7 + 7 + 2 * 7 + 7 * 5 + 5 + 2 * 5 + 5 * 3 + 3)
    lab.dispose()
  })

  it('vgg: filters double and the image halves from stage to stage; a norm that subtracts the mean makes the bias needless', () => {
    const lab = build(tf, { kind: 'vgg', stages: 2, filters: 4, norm: 'batch', head: { kind: 'dense', units: [6] }, spatialDropout: 0.1 })
    expect(names(lab)).toEqual([
      'input',
      ...[1, 2].flatMap((stage) => [
        ...[1, 2].flatMap((conv) => ['', '-norm', '-activation'].map((part) => `stage${stage}-conv${conv}${part}`)),
        `stage${stage}-pool`,
        `stage${stage}-dropout`,
      ]),
      'flatten',
      'dense1',
      'dense1-norm',
      'dense1-activation',
      'output',
    ])
    expect(lab.model.getLayer('stage2-pool').outputShape).toEqual([null, 2, 2, 8])
    expect(lab.model.getLayer('stage1-conv1').weights).toHaveLength(1)
    lab.dispose()
    const plain = build(tf, { kind: 'vgg', stages: 2, filters: 4 })
    expect(plain.model.getLayer('stage1-conv1').weights).toHaveLength(2)
    expect(names(plain).slice(-2)).toEqual(['global-average-pool', 'output'])
    plain.dispose()
  })

  it('residual: a projection where the shape changes, the identity elsewhere', () => {
    const lab = build(tf, { kind: 'residual', stages: 2, filters: 4, blocks: 2 })
    expect(names(lab).filter((name) => name.includes('shortcut'))).toEqual(['stage2-block1-shortcut', 'stage2-block1-shortcut-norm'])
    expect(names(lab).filter((name) => name.endsWith('-add'))).toHaveLength(4)
    const projection = lab.model.getLayer('stage2-block1-shortcut')
    expect(projection.getConfig()).toMatchObject({ kernelSize: [1, 1], strides: [2, 2], filters: 8 })
    expect(projection.outputShape).toEqual([null, 4, 4, 8])
    lab.dispose()
    const plain = build(tf, { kind: 'residual', stages: 2, filters: 4, blocks: 2, shortcut: 'none' })
    expect(names(plain).some((name) => /add|shortcut/.test(name))).toBe(false)
    plain.dispose()
  })

  it('bottleneck: 1 × 1, 3 × 3 and 1 × 1 with four times the channels', () => {
    const lab = build(tf, { kind: 'bottleneck', stages: 2, filters: 2, blocks: 1 })
    const kernels = [1, 2, 3].map((index) => lab.model.getLayer(`stage2-block1-conv${index}`).getConfig())
    expect(kernels.map(({ kernelSize, strides, filters }) => [kernelSize, strides, filters])).toEqual([
      [[1, 1], [1, 1], 4],
      [[3, 3], [2, 2], 4],
      [[1, 1], [1, 1], 16],
    ])
    expect(names(lab)).toContain('stage1-block1-shortcut')
    lab.dispose()
  })

  it('are parts of metric names, and weights keep their names when a process builds a model twice', async () => {
    const first = build(tf, { kind: 'bottleneck', stages: 1, filters: 2, norm: 'layer', stem: { pool: true, stride: 2 } })
    for (const name of names(first)) expect(checkMetricName(`update-ratio/${name}`)).toBe(`update-ratio/${name}`)
    const second = build(tf, { kind: 'bottleneck', stages: 1, filters: 2, norm: 'layer', stem: { pool: true, stride: 2 } })
    expect([...second.weightNames.values()]).toEqual([...first.weightNames.values()])
    expect([...second.weightNames.keys()]).not.toEqual([...first.weightNames.keys()])
    expect(Object.keys(await exportWeights(second.model))).toContain('stage1-block1-conv1/kernel')
    first.dispose()
    second.dispose()
  })
})

const SMALL = { stages: 2, filters: 4, blocks: 1 }
const VARIED = [
  { kind: 'linear' },
  { kind: 'mlp', hidden: [16, 8], activation: 'gelu', norm: 'layer', dropout: 0.2 },
  { kind: 'mlp', hidden: [16], activation: 'selu', init: 'xavier' },
  { kind: 'vgg', stages: 2, filters: 4, activation: 'prelu', norm: { kind: 'group', groups: 2 }, spatialDropout: 0.2 },
  { kind: 'vgg', stages: 2, filters: 4, activation: 'silu', norm: 'instance', head: 'average' },
  { kind: 'residual', ...SMALL, activation: 'leaky-relu', zeroInitResidual: true },
  { kind: 'bottleneck', ...SMALL, activation: 'elu', expansion: 2 },
]

describe('training', () => {
  it.each(VARIED)('%j: the loss falls on wasm, every weight moves, no tensor stays behind', async (config) => {
    const atStart = tf.memory().numTensors
    const lab = build(tf, config)
    const built = tf.memory().numTensors
    expect(built - atStart).toBe(lab.model.weights.length)
    const x = tf.tensor4d(filled(12 * 64, 7), [12, 8, 8, 1])
    const y = tf.tidy(() =>
      tf
        .oneHot(
          tf.tensor1d(
            Array.from({ length: 12 }, (_, i) => i % 3),
            'int32',
          ),
          3,
        )
        .toFloat(),
    )
    const variables = lab.model.trainableWeights.map((weight) => weight.read() as Variable)
    const before = await exportWeights(lab.model)
    const optimizer = tf.train.sgd(0.1)
    const losses: number[] = []
    for (let step = 0; step < 12; step++) {
      lab.setStep(step)
      const loss = optimizer.minimize(
        () => tf.losses.softmaxCrossEntropy(y, lab.model.apply(x, { training: true }) as Tensor) as Scalar,
        true,
        variables,
      )!
      losses.push(loss.dataSync()[0]!)
      loss.dispose()
    }
    expect(losses.every(Number.isFinite), String(losses)).toBe(true)
    expect(Math.min(...losses.slice(-3))).toBeLessThan(losses[0]!)
    const after = await exportWeights(lab.model)
    for (const [name, values] of Object.entries(after))
      expect(
        values.some((value, i) => value !== before[name]![i]),
        name,
      ).toBe(true)
    optimizer.dispose()
    tf.dispose([x, y])
    lab.dispose()
    expect(tf.memory().numTensors).toBe(atStart)
  })
})

describe('initial weights', () => {
  const kernels = async (config: object, context = {}) => {
    const lab = build(tf, config, context)
    const weights = await exportWeights(lab.model)
    lab.dispose()
    return weights
  }
  const deviation = (values: Float32Array) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  }

  it.each([
    ['msra', Math.sqrt(2 / 400)],
    ['xavier', Math.sqrt(1 / 400)],
    [{ kind: 'gaussian', std: 0.05 }, 0.05],
  ] as const)('%j has the standard deviation of its rule in a dense layer', async (init, std) => {
    const weights = await kernels({ kind: 'mlp', hidden: [200], init }, { inputShape: [400] })
    // 80,000 draws: a relative error of four standard errors is 1 %.
    expect(deviation(weights['hidden1/kernel']!) / std).toBeCloseTo(1, 1.9)
    expect(weights['hidden1/bias']!.every((value) => value === 0)).toBe(true)
  })

  it('takes kernel height × width × input channels as the inputs of a convolution', async () => {
    const weights = await kernels({ kind: 'vgg', stages: 1, filters: 64 }, { inputShape: [8, 8, 1] })
    // 36,864 draws with Din = 9 · 64.
    expect(deviation(weights['stage1-conv2/kernel']!) / Math.sqrt(2 / 576)).toBeCloseTo(1, 1.7)
  })

  it('constant gives every weight the same value', async () => {
    const weights = await kernels({ kind: 'mlp', hidden: [3], init: { kind: 'constant', value: 0.5 } })
    expect(new Set(weights['hidden1/kernel'])).toEqual(new Set([0.5]))
  })

  it('stays the same for the other layers when a norm or a dropout is added, and changes with the seed', async () => {
    const plain = await kernels({ kind: 'mlp', hidden: [6, 5] })
    const changed = await kernels({ kind: 'mlp', hidden: [6, 5], norm: 'batch', dropout: 0.5, activation: 'prelu' })
    for (const name of ['hidden1/kernel', 'hidden2/kernel', 'output/kernel']) expect(changed[name]).toEqual(plain[name])
    const other = await kernels({ kind: 'mlp', hidden: [6, 5] }, { initSeed: 2 })
    expect(other['hidden1/kernel']).not.toEqual(plain['hidden1/kernel'])
    expect(plain['hidden1/kernel']!.slice(0, 30)).not.toEqual(plain['hidden2/kernel'])
  })

  it('is the same on every backend', async () => {
    const onWasm = await kernels({ kind: 'residual', ...SMALL })
    await tf.setBackend('cpu')
    expect(await kernels({ kind: 'residual', ...SMALL })).toEqual(onWasm)
  })

  it.each([
    ['batch', 'stage1-block1-conv2-norm/gamma'],
    ['none', 'stage1-block1-conv2/kernel'],
  ])('zeroInitResidual with norm %s makes every block the identity: %s is 0', async (norm, name) => {
    const lab = build(tf, { kind: 'residual', stages: 1, filters: 4, blocks: 1, norm, zeroInitResidual: true })
    expect((await exportWeights(lab.model))[name]!.every((value) => value === 0)).toBe(true)
    const x = tf.tensor4d(filled(2 * 64), [2, 8, 8, 1])
    const parts = tf.model({
      inputs: lab.model.inputs,
      outputs: ['stem-activation', 'stage1-block1-activation'].map((part) => lab.model.getLayer(part).output as never),
    })
    const [stem, block] = parts.predict(x) as [Tensor, Tensor]
    expect([...block.dataSync()]).toEqual([...stem.dataSync()])
    lab.dispose()
  })
})

describe('what does not fit together is refused', () => {
  it.each([
    [{ kind: 'vgg' }, { inputShape: [12] }, 'model vgg takes images (height × width × channels), but one example has shape [12]: use model "mlp"'],
    [{ kind: 'vgg', stages: 4 }, {}, 'the images are 1 × 1 pixels in stage 4 and cannot be halved again: use at most 3 stages'],
    [{ kind: 'residual', shortcut: 'none', zeroInitResidual: true }, {}, 'zeroInitResidual needs a shortcut'],
    [{ kind: 'linear' }, { outputs: 0 }, '0 outputs'],
    [{ kind: 'linear' }, { inputShape: [] }, 'the input shape is []'],
    [{ kind: 'linear' }, { inputShape: [4, -1] }, 'the input shape is [4, -1]'],
  ])('%j on %j', (config, context, message) => {
    const before = tf.memory().numTensors
    expect(() => buildModel(tf, modelSchema.parse(config), { ...CONTEXT, ...context })).toThrow(message)
    expect(tf.memory().numTensors).toBe(before)
  })
})
