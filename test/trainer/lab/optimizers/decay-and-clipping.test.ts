import type { NamedTensorMap, Variable } from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeOptimizer, OPTIMIZER_KINDS, type OptimizerInput, optimizerSchema } from '../../../../trainer/lab/optimizers/registry.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { REFERENCES } from './double-references.ts'

let tf: Tf
let tensors = 0
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
  tensors = tf.memory().numTensors
})
// Whatever a test makes it disposes of; what is left would be the optimizer's.
afterEach(() => expect(tf.memory().numTensors).toBe(tensors))

let made = 0
/** A layer's kernel, bias, batch norm scale and PReLU slope, each of its own shape. */
function layer(): Record<'kernel' | 'bias' | 'gamma' | 'alpha', Variable> {
  const name = `layer${made++}`
  const variable = (what: string, shape: number[]): Variable => tf.variable(tf.fill(shape, 2), true, `${name}/${what}`)
  return tf.tidy(() => ({
    kernel: variable('kernel', [2, 2]),
    bias: variable('bias', [2]),
    gamma: variable('gamma', [1, 1, 2]),
    alpha: variable('alpha', [2, 1]),
  }))
}

const make = (config: OptimizerInput) => makeOptimizer(tf, optimizerSchema.parse(config))
const gradientsOf = (entries: [Variable, number[]][]): NamedTensorMap =>
  Object.fromEntries(entries.map(([variable, values]) => [variable.name, tf.tensor(values, variable.shape)]))
const values = (variable: Variable): number[] => [...variable.dataSync<'float32'>()]

/** Weights after one step with these gradients. */
function step(config: OptimizerInput, variables: Variable[], gradient: number[]): number[][] {
  const optimizer = make(config)
  const gradients = gradientsOf(variables.map((variable) => [variable, gradient.slice(0, variable.size)]))
  optimizer.applyGradients(gradients)
  optimizer.dispose()
  tf.dispose(gradients)
  return variables.map(values)
}

describe('weight decay', () => {
  it.each(OPTIMIZER_KINDS)('of %s is λw in the gradient when coupled, lr·λ·w past the rule when decoupled', (kind) => {
    const rate = 0.1
    const lambda = 0.3
    const gradients = [
      [0.5, -1, 2, 0],
      [-0.5, 1, 0.25, 1],
      [0.1, 0.1, 0.1, 0.1],
    ]
    for (const decay of ['coupled', 'decoupled'] as const) {
      const { kernel, ...others } = layer()
      const optimizer = make({ kind, lr: rate, weightDecay: lambda, decay })
      const reference = REFERENCES[kind]({}, 4)
      const exact = values(kernel)
      for (const gradient of gradients) {
        const map = gradientsOf([[kernel, gradient]])
        optimizer.applyGradients(map)
        tf.dispose(map)
        const before = [...exact]
        reference(exact, decay === 'coupled' ? gradient.map((g, index) => g + lambda * before[index]!) : gradient, rate)
        if (decay === 'decoupled') for (const index of exact.keys()) exact[index]! -= rate * lambda * before[index]!
      }
      for (const [index, value] of values(kernel).entries()) expect(value).toBeCloseTo(exact[index]!, 5)
      optimizer.dispose()
      tf.dispose([kernel, ...Object.values(others)])
    }
  })

  it('leaves biases, normalisation parameters and PReLU slopes alone, unless told to take all', () => {
    for (const [decayAll, expected] of [
      [false, { kernel: 1.9, bias: 2, gamma: 2, alpha: 2 }],
      [true, { kernel: 1.9, bias: 1.9, gamma: 1.9, alpha: 1.9 }],
    ] as const) {
      const variables = layer()
      step({ kind: 'sgd', lr: 0.1, weightDecay: 0.5, decayAll }, Object.values(variables), [0, 0, 0, 0])
      for (const [name, value] of Object.entries(expected)) expect(values(variables[name as keyof typeof variables])[0]).toBeCloseTo(value, 6)
      tf.dispose(variables)
    }
  })

  it('tells a kernel and a bias of a second model of the same names, which TensorFlow.js numbers', () => {
    const kernel = tf.tidy(() => tf.variable(tf.fill([2, 2], 2), true, 'numbered/kernel_1'))
    const alpha = tf.tidy(() => tf.variable(tf.fill([2, 2], 2), true, 'numbered/alpha_1'))
    const [one, two] = step({ kind: 'sgd', lr: 0.1, weightDecay: 0.5 }, [kernel, alpha], [0, 0, 0, 0])
    expect(one![0]).toBeCloseTo(1.9, 6)
    expect(two![0]).toBe(2)
    tf.dispose([kernel, alpha])
  })

  it('states its penalty, whose gradient is what coupled decay adds', () => {
    const { kernel, ...others } = layer()
    const all = [kernel, ...Object.values(others)]
    const penaltyOf = (config: OptimizerInput): number => {
      const optimizer = make(config)
      const penalty = optimizer.penalty(all)
      const value = penalty.dataSync()[0]!
      penalty.dispose()
      optimizer.dispose()
      return value
    }
    // λ/2 · 4 weights of 2² = 8 λ; with all: 10 weights.
    expect(penaltyOf({ kind: 'sgd', weightDecay: 0.01 })).toBeCloseTo(0.08, 7)
    expect(penaltyOf({ kind: 'sgd', weightDecay: 0.01, decayAll: true })).toBeCloseTo(0.2, 7)
    expect(penaltyOf({ kind: 'adamw', weightDecay: 0.01 })).toBe(0)
    expect(penaltyOf({ kind: 'sgd' })).toBe(0)
    const optimizer = make({ kind: 'sgd', weightDecay: 0.01 })
    const { value, grads } = tf.variableGrads(() => optimizer.penalty(all), [kernel])
    for (const gradient of grads[kernel.name]!.dataSync()) expect(gradient).toBeCloseTo(0.02, 7)
    tf.dispose([value, grads, all])
    optimizer.dispose()
  })
})

describe('clipping', () => {
  it('by value limits each element and says so', () => {
    const { kernel, ...others } = layer()
    const optimizer = make({ kind: 'sgd', lr: 1, clip: { value: 0.5 } })
    optimizer.measureNorm = true
    const big = gradientsOf([[kernel, [3, -4, 0.5, 0.1]]])
    optimizer.applyGradients(big)
    expect(values(kernel)).toEqual([1.5, 2.5, 1.5, Math.fround(2 - Math.fround(0.1))])
    expect(optimizer.clipped).toBe(true)
    expect(optimizer.clipped).toBe(true)
    expect(optimizer.gradientNorm).toBeCloseTo(Math.hypot(3, 4, 0.5, 0.1), 5)
    const small = gradientsOf([[kernel, [0.5, -0.5, 0, 0.1]]])
    optimizer.applyGradients(small)
    expect(optimizer.clipped).toBe(false)
    optimizer.dispose()
    tf.dispose([big, small, kernel, ...Object.values(others)])
  })

  it('by norm scales all variables together, from the norm before, and only when it is above the limit', () => {
    const { kernel, bias, ...others } = layer()
    const optimizer = make({ kind: 'sgd', lr: 1, clip: { norm: 1 } })
    expect(optimizer.gradientNorm).toBeNull()
    expect(optimizer.clipped).toBe(false)
    const big = gradientsOf([
      [kernel, [3, 0, 0, 0]],
      [bias, [0, -4]],
    ])
    optimizer.applyGradients(big)
    expect(optimizer.gradientNorm).toBe(5)
    expect(optimizer.clipped).toBe(true)
    expect(values(kernel)[0]).toBeCloseTo(2 - 0.6, 6)
    expect(values(bias)[1]).toBeCloseTo(2 + 0.8, 6)
    const small = gradientsOf([[bias, [0.25, 0]]])
    optimizer.applyGradients(small)
    expect(optimizer.gradientNorm).toBe(0.25)
    expect(optimizer.clipped).toBe(false)
    expect(values(bias)[0]).toBe(1.75)
    optimizer.dispose()
    tf.dispose([big, small, kernel, bias, ...Object.values(others)])
  })

  it('acts on the gradients of the loss, and leaves weight decay whole', () => {
    const { kernel, ...others } = layer()
    step({ kind: 'sgd', lr: 1, weightDecay: 0.5, clip: { norm: 1 } }, [kernel], [10, 0, 0, 0])
    expect(values(kernel)[0]).toBeCloseTo(2 - 1 - 1, 6)
    expect(values(kernel)[1]).toBeCloseTo(2 - 1, 6)
    tf.dispose([kernel, ...Object.values(others)])
  })

  it('never turns what is not finite into a harmless number', () => {
    for (const [clip, gradient, expected, norm, clipped] of [
      [{ value: 1 }, [Number.NaN, 5, 0.5, 0], [Number.NaN, 1, 1.5, 2], Number.NaN, true],
      [{ value: 1 }, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0], [1, 3, 2, 2], Number.POSITIVE_INFINITY, true],
      [{ norm: 1 }, [Number.NaN, 5, 0.5, 0], [Number.NaN, -3, 1.5, 2], Number.NaN, false],
      [{ norm: 1 }, [Number.POSITIVE_INFINITY, 5, 0.5, 0], [Number.NEGATIVE_INFINITY, -3, 1.5, 2], Number.POSITIVE_INFINITY, false],
      // Squares beyond float32: the norm is not known, so nothing can be scaled by it.
      [{ norm: 1 }, [1e30, 0, 0, 0], [Math.fround(-1e30), 2, 2, 2], Number.POSITIVE_INFINITY, false],
      [null, [Number.NaN, 5, 0.5, 0], [Number.NaN, -3, 1.5, 2], Number.NaN, false],
    ] as const) {
      const { kernel, ...others } = layer()
      const optimizer = make({ kind: 'sgd', lr: 1, clip })
      optimizer.measureNorm = true
      const gradients = gradientsOf([[kernel, [...gradient]]])
      optimizer.applyGradients(gradients)
      expect(values(kernel)).toEqual(expected)
      expect(optimizer.gradientNorm).toBe(norm)
      expect(optimizer.clipped).toBe(clipped)
      optimizer.dispose()
      tf.dispose([gradients, kernel, ...Object.values(others)])
    }
  })

  it('of zero gradients divides by no zero', () => {
    const { kernel, ...others } = layer()
    step({ kind: 'adam', clip: { norm: 1 } }, [kernel], [0, 0, 0, 0])
    expect(values(kernel)).toEqual([2, 2, 2, 2])
    tf.dispose([kernel, ...Object.values(others)])
  })
})

describe('the gradient norm', () => {
  it('is measured only when asked for, and precise over a million weights', () => {
    const big = tf.tidy(() => tf.variable(tf.zeros([1000, 1000])))
    const gradients = { [big.name]: tf.fill([1000, 1000], 0.1) }
    const optimizer = make({ kind: 'sgd' })
    optimizer.applyGradients(gradients)
    expect(optimizer.gradientNorm).toBeNull()
    optimizer.measureNorm = true
    optimizer.applyGradients(gradients)
    expect(optimizer.gradientNorm).toBeGreaterThan(100 * (1 - 1e-5))
    expect(optimizer.gradientNorm).toBeLessThan(100 * (1 + 1e-5))
    optimizer.measureNorm = false
    optimizer.applyGradients(gradients)
    expect(optimizer.gradientNorm).toBeNull()
    optimizer.dispose()
    tf.dispose([big, gradients])
  })
})
