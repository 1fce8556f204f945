import type { Tensor } from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../core/seeded-random.ts'
import { installTrainingKernels } from '../../../trainer/tfjs/kernels/install-training-kernels.ts'
import { loadTf } from '../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../trainer/tfjs/tf.ts'

let tf: Tf

beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

afterEach(async () => {
  await tf.setBackend('wasm')
})

type Shape = number[]
const filled = (shape: Shape, seed: number): Float32Array => {
  const random = seededRandom(seed)
  return Float32Array.from({ length: shape.reduce((product, length) => product * length, 1) }, () => random() * 2 - 1)
}

/** Gradients of sum(f(…inputs) · weights) by every input, on one backend; fails when a tensor stays behind. */
async function gradients(backend: string, inputs: Shape[], f: (...inputs: Tensor[]) => Tensor): Promise<Float32Array[]> {
  await tf.setBackend(backend)
  const tensors = inputs.map((shape, i) => tf.tensor(filled(shape, i + 1), shape))
  const before = tf.memory().numTensors
  const results = tf.tidy(() => {
    const weighted = (...arguments_: Tensor[]) => {
      const y = f(...arguments_)
      return tf.sum(tf.mul(y, tf.tensor(filled(y.shape, 99), y.shape)))
    }
    return tf
      .grads(weighted as never)(tensors)
      .map((gradient) => gradient.dataSync<'float32'>().slice())
  })
  expect(tf.memory().numTensors).toBe(before)
  tf.dispose(tensors)
  return results
}

async function expectEqualGradients(inputs: Shape[], f: (...inputs: Tensor[]) => Tensor, tolerance = 2e-6): Promise<void> {
  const cpu = await gradients('cpu', inputs, f)
  const wasm = await gradients('wasm', inputs, f)
  wasm.forEach((gradient, i) => {
    const scale = Math.max(...cpu[i]!.map(Math.abs))
    expect(scale).toBeGreaterThan(0)
    const error = Math.max(...gradient.map((value, j) => Math.abs(value - cpu[i]![j]!)))
    expect(error / scale).toBeLessThan(tolerance)
  })
}

type Pad = 'same' | 'valid' | number
const CONVOLUTIONS: [input: Shape, filter: Shape, strides: number | [number, number], pad: Pad][] = [
  [[2, 8, 8, 3], [3, 3, 3, 4], 1, 'same'],
  [[2, 8, 8, 3], [3, 3, 3, 4], 1, 'valid'],
  [[2, 8, 8, 3], [3, 3, 3, 4], 2, 'same'],
  [[2, 8, 8, 3], [3, 3, 3, 4], 2, 'valid'],
  [[2, 9, 7, 2], [3, 3, 2, 5], 2, 'same'],
  [[2, 9, 7, 2], [5, 3, 2, 5], [2, 1], 'valid'],
  [[1, 10, 10, 1], [5, 5, 1, 2], 3, 'same'],
  [[1, 10, 10, 1], [5, 5, 1, 2], 3, 'valid'],
  [[3, 6, 6, 4], [1, 1, 4, 8], 1, 'same'],
  [[3, 6, 6, 4], [1, 1, 4, 8], 2, 'valid'],
  [[2, 7, 7, 2], [2, 2, 2, 3], 1, 'same'],
  [[2, 7, 7, 2], [4, 4, 2, 3], 2, 'same'],
  [[2, 6, 9, 2], [3, 2, 2, 3], [1, 2], 'same'],
  [[1, 5, 5, 3], [5, 5, 3, 2], 1, 'valid'],
  [[2, 6, 6, 2], [3, 3, 2, 2], 1, 2],
  [[2, 6, 6, 2], [1, 1, 2, 2], 1, 1],
  [[1, 7, 5, 2], [3, 1, 2, 3], [3, 2], 'valid'],
  [[2, 5, 5, 2], [2, 2, 2, 2], 4, 'valid'],
]

describe('gradients on wasm with our kernels equal the cpu backend', () => {
  it.each(CONVOLUTIONS)('conv2d: input %j, filter %j, strides %j, padding %j', async (inputShape, filterShape, strides, pad) => {
    await expectEqualGradients([inputShape, filterShape], (x, filter) => tf.conv2d(x as never, filter as never, strides, pad))
  })

  it.each([
    [[2, 8, 8, 3], [3, 3, 3, 1], 1, 'same'],
    [[2, 8, 8, 3], [3, 3, 3, 2], 2, 'valid'],
    [[1, 9, 7, 2], [3, 2, 2, 3], 1, 'same'],
    [[1, 9, 9, 2], [3, 3, 2, 2], 1, 'valid'],
  ] as const)('depthwise: input %j, filter %j, strides %j, padding %j', async (inputShape, filterShape, strides, pad) => {
    await expectEqualGradients([[...inputShape], [...filterShape]], (x, filter) => tf.depthwiseConv2d(x as never, filter as never, strides, pad))
  })

  it.each([
    [[4, 5], [5, 3], false, false],
    [[5, 4], [5, 3], true, false],
    [[4, 5], [3, 5], false, true],
    [[5, 4], [3, 5], true, true],
    [[2, 4, 5], [2, 5, 3], false, false],
    [[2, 3, 5, 4], [2, 3, 5, 6], true, false],
  ] as const)('matmul: %j by %j, transposed %j and %j', async (a, b, transposeA, transposeB) => {
    await expectEqualGradients([[...a], [...b]], (x, y) => tf.matMul(x, y, transposeA, transposeB))
  })

  it('dense layer with bias and activation', async () => {
    await expectEqualGradients([[7, 5], [5, 4], [4]], (x, w, b) => tf.sigmoid(tf.add(tf.matMul(x, w), b)))
  })

  it.each([
    [[2, 6, 6, 3], 2, 2, 'valid'],
    [[2, 7, 5, 2], 3, 1, 'same'],
    [[1, 7, 7, 2], [3, 2], [2, 3], 'same'],
    [[1, 5, 5, 1], 2, 3, 'valid'],
  ] as const)('max and average pooling: input %j, window %j, strides %j, padding %j', async (shape, size, strides, pad) => {
    const window = size as [number, number] | number
    await expectEqualGradients([[...shape]], (x) => tf.maxPool(x as never, window, strides as never, pad))
    await expectEqualGradients([[...shape]], (x) => tf.avgPool(x as never, window, strides as never, pad))
  })

  it('sends the gradient of max pooling to the largest pixel also when all are negative, which the shipped kernel gets wrong', () => {
    const x = tf.tensor4d([-4, -3, -2, -1], [1, 2, 2, 1])
    expect([
      ...tf
        .grad((image) => tf.sum(tf.maxPool(image as never, 2, 2, 'valid')))(x)
        .dataSync(),
    ]).toEqual([0, 0, 0, 1])
  })

  it('refuses what the shipped kernels compute wrongly', () => {
    const x = tf.tensor(filled([1, 4, 4, 4, 1], 1), [1, 4, 4, 4, 1]) as never
    expect(() => tf.maxPool3d(x, 2, 2, 'valid')).toThrow(/maxPool3d .*wrongly/)
    const filter = tf.tensor(filled([2, 2, 2, 1, 1], 2), [2, 2, 2, 1, 1]) as never
    expect(() => tf.grad((y) => tf.sum(tf.conv3d(y as never, filter, 1, 'same')))(x)).toThrow(/gradient of conv3d wrongly/)
  })

  it('embedding look-up with repeated and missing rows', async () => {
    await expectEqualGradients([[6, 3]], (table) =>
      tf.gather(
        table,
        tf.tensor2d(
          [
            [0, 5, 5],
            [2, 0, 5],
          ],
          undefined,
          'int32',
        ),
      ),
    )
  })

  it.each([
    [
      [1, 4],
      [6, 1],
    ],
    [
      [1, 1, 3],
      [2, 5, 1],
    ],
    [
      [3, 1],
      [1, 4],
    ],
    [
      [2, 3],
      [3, 2],
    ],
    [[5], [7]],
    [[1], [9]],
  ])('tile %j by %j', async (shape, reps) => {
    await expectEqualGradients([shape], (x) => tf.tile(x, reps))
    const onWasm = tf
      .tile(tf.tensor(filled(shape, 1), shape), reps)
      .dataSync()
      .slice()
    await tf.setBackend('cpu')
    expect(onWasm).toEqual(tf.tile(tf.tensor(filled(shape, 1), shape), reps).dataSync())
  })
})

describe('sharing of buffers', () => {
  it('keeps a clone alive when the original is disposed, and the other way round', () => {
    const original = tf.tensor1d([1, 2, 3])
    const clone = original.clone()
    original.dispose()
    expect([...clone.dataSync()]).toEqual([1, 2, 3])
    const second = clone.clone()
    clone.dispose()
    expect([...second.dataSync()]).toEqual([1, 2, 3])
    second.dispose()
  })

  it('leaves the clone of a variable as it was when the variable is assigned', () => {
    const variable = tf.variable(tf.tensor1d([1, 2]))
    const before = variable.clone()
    variable.assign(tf.tensor1d([3, 4]))
    expect([...before.dataSync()]).toEqual([1, 2])
    expect([...variable.dataSync()]).toEqual([3, 4])
    tf.dispose([variable, before])
  })

  it('frees the buffer once the last owner is gone', () => {
    const buffers = tf.memory().numDataBuffers
    const a = tf.tensor1d([1, 2])
    const b = a.clone()
    expect(tf.memory().numDataBuffers).toBe(buffers + 1)
    a.dispose()
    b.dispose()
    expect(tf.memory().numDataBuffers).toBe(buffers)
  })
})

describe('a whole model', () => {
  const model = () => {
    const { conv2d, maxPooling2d, separableConv2d, batchNormalization, flatten, dense } = tf.layers
    const seeded = (seed: number) => tf.initializers.heNormal({ seed })
    return tf.sequential({
      layers: [
        conv2d({ inputShape: [12, 12, 1], filters: 4, kernelSize: 3, activation: 'relu', kernelInitializer: seeded(1) }),
        batchNormalization(),
        maxPooling2d({ poolSize: 2 }),
        separableConv2d({ filters: 6, kernelSize: 3, activation: 'relu', depthwiseInitializer: seeded(2), pointwiseInitializer: seeded(3) }),
        flatten(),
        dense({ units: 5, activation: 'softmax', kernelInitializer: seeded(4) }),
      ],
    })
  }

  const losses = async (backend: string): Promise<number[]> => {
    await tf.setBackend(backend)
    const net = model()
    net.compile({ optimizer: tf.train.momentum(0.005, 0.9), loss: 'categoricalCrossentropy' })
    const x = tf.tensor(filled([16, 12, 12, 1], 5), [16, 12, 12, 1])
    const y = tf.oneHot(
      tf.tensor1d(
        [...Array(16).keys()].map((i) => i % 5),
        'int32',
      ),
      5,
    )
    const seen: number[] = []
    let tensors = 0
    for (let step = 0; step < 12; step++) {
      seen.push((await net.trainOnBatch(x, y)) as number)
      if (step === 1) tensors = tf.memory().numTensors
    }
    expect(tf.memory().numTensors).toBe(tensors)
    tf.dispose([x, y])
    net.dispose()
    return seen
  }

  it('trains to the same losses as on cpu and leaks no tensor', async () => {
    const cpu = await losses('cpu')
    const wasm = await losses('wasm')
    expect(cpu.at(-1)).toBeLessThan(cpu[0]! * 0.8)
    wasm.forEach((loss, step) => {
      expect(Math.abs(loss - cpu[step]!) / cpu[step]!).toBeLessThan(1e-4)
    })
  })

  it('is installed once however often it is asked for', () => {
    const kernel = tf.getKernel('Conv2DBackpropFilter', 'wasm').kernelFunc
    installTrainingKernels(tf)
    expect(tf.getKernel('Conv2DBackpropFilter', 'wasm').kernelFunc).toBe(kernel)
  })

  it('says what to import when the wasm backend is missing', () => {
    expect(() => installTrainingKernels({ getKernel: () => undefined } as never)).toThrow(/import "@tensorflow\/tfjs-backend-wasm"/)
  })
})
