import { readFileSync } from 'node:fs'
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeOptimizer, OPTIMIZER_KINDS, type OptimizerInput, optimizerSchema } from '../../../../trainer/lab/optimizers/registry.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { REFERENCES } from './double-references.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

interface Landscape {
  name: string
  start: number[]
  loss(w: Variable): Tensor
  gradient(w: readonly number[]): number[]
  rates: Record<OptimizerInput['kind'], number>
}

const quadratic = (name: string, curvatures: number[], rates: Landscape['rates']): Landscape => ({
  name,
  start: [1, -2, 3],
  loss: (w) => tf.mul(0.5, tf.sum(tf.mul(tf.tensor1d(curvatures), tf.square(w)))),
  gradient: (w) => w.map((value, index) => curvatures[index]! * value),
  rates,
})

const LANDSCAPES: Landscape[] = [
  quadratic('a quadratic of curvatures 1, 10 and 0.1', [1, 10, 0.1], {
    sgd: 0.05,
    momentum: 0.01,
    nesterov: 0.01,
    adagrad: 0.1,
    rmsprop: 0.01,
    adam: 0.01,
    adamw: 0.01,
  }),
  // Gradients as small as epsilon: its place, inside or outside of the root, changes everything.
  quadratic('a quadratic of curvatures 1e-7', [1e-7, 2e-7, 3e-8], {
    sgd: 5e5,
    momentum: 1e5,
    nesterov: 1e5,
    adagrad: 0.1,
    rmsprop: 0.1,
    adam: 0.1,
    adamw: 0.1,
  }),
  {
    name: 'the valley of Rosenbrock',
    start: [-1.2, 1],
    loss: (w) => {
      const [x, y] = tf.unstack(w) as [Scalar, Scalar]
      return tf.add(tf.square(tf.sub(1, x)), tf.mul(100, tf.square(tf.sub(y, tf.square(x)))))
    },
    gradient: ([x = 0, y = 0]) => [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)],
    rates: { sgd: 5e-4, momentum: 1e-4, nesterov: 1e-4, adagrad: 0.1, rmsprop: 0.01, adam: 0.02, adamw: 0.02 },
  },
]

const STEPS = 60

describe.each(OPTIMIZER_KINDS)('%s', (kind) => {
  it.each(LANDSCAPES.map((landscape) => [landscape.name, landscape] as const))('follows its formula in double precision over %s', (_, landscape) => {
    const { start, rates, loss, gradient } = landscape
    const optimizer = makeOptimizer(tf, optimizerSchema.parse({ kind, weightDecay: 0 }))
    const w = tf.variable(tf.tensor1d(start))
    const exact = [...start]
    const step = REFERENCES[kind]({}, start.length)
    let moved = 0
    let furthest = 0
    for (let index = 0; index < STEPS; index++) {
      // The rate changes in the middle, so that rules that keep it in their state are told from those that do not.
      const rate = index < STEPS / 2 ? rates[kind] : rates[kind] / 3
      optimizer.learningRate = rate
      optimizer.minimize(() => loss(w) as Scalar, false, [w])
      step(exact, gradient(exact), rate)
      for (const [at, value] of w.dataSync().entries()) {
        moved = Math.max(moved, Math.abs(exact[at]! - start[at]!))
        furthest = Math.max(furthest, Math.abs(value - exact[at]!))
      }
    }
    optimizer.dispose()
    w.dispose()
    // A few roundings of float32, after a way of a hundred thousand times as much.
    expect(moved).toBeGreaterThan(0.1)
    expect(furthest).toBeLessThan(2e-6)
  })
})

interface Stored {
  start: number[]
  curvatures: number[]
  halvedFromStep: number
  trajectories: { kind: OptimizerInput['kind']; options: Record<string, number | boolean>; after: Record<string, number[]> }[]
}

// Values and how they were made: numpy-trajectories.py, which sums over all gradients instead of keeping running means.
const stored = JSON.parse(readFileSync(new URL('./numpy-trajectories.json', import.meta.url), 'utf8')) as Stored

describe('weights computed with numpy', () => {
  it.each(stored.trajectories.map((one) => [one.kind, one] as const))('are those of %s', (kind, { options, after }) => {
    const config = optimizerSchema.parse({ kind, ...options })
    const optimizer = makeOptimizer(tf, config)
    const w = tf.variable(tf.tensor1d(stored.start))
    const curvatures = tf.tensor1d(stored.curvatures)
    const shown = Object.keys(after).map(Number)
    for (let step = 0; step < Math.max(...shown); step++) {
      optimizer.setLearningRate(step < stored.halvedFromStep ? config.lr : config.lr / 2)
      optimizer.minimize(() => tf.mul(0.5, tf.sum(tf.mul(curvatures, tf.square(w)))) as Scalar, false, [w])
      const expected = after[step + 1]
      if (expected) for (const [index, value] of w.dataSync().entries()) expect(Math.abs(value - expected[index]!)).toBeLessThan(2e-6)
    }
    optimizer.dispose()
    tf.dispose([w, curvatures])
  })
})
