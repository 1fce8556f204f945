import type { Scalar } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeOptimizer, OPTIMIZER_KINDS, type OptimizerInput, optimizerSchema } from '../../../../trainer/lab/optimizers/registry.ts'
import { fitCallbacks } from '../../../../trainer/tfjs/fit-callbacks.ts'
import { learningRate } from '../../../../trainer/tfjs/learning-rate.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { watch } from '../../../../trainer/tfjs/watch.ts'
import { memoryRun } from '../../tfjs/logged-run.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

const make = (config: OptimizerInput) => makeOptimizer(tf, optimizerSchema.parse(config))

describe('in model.fit', () => {
  it.each(OPTIMIZER_KINDS)('%s trains and is watched: updates, gradients and the rate it really uses', async (kind) => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [4], units: 8, activation: 'relu', kernelInitializer: tf.initializers.heNormal({ seed: 1 }) }),
        tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
      ],
    })
    const optimizer = make({ kind, lr: 0.02, weightDecay: 1e-3, clip: { norm: 5 } })
    model.compile({ optimizer, loss: 'categoricalCrossentropy' })
    const x = tf.randomUniform([64, 4], -1, 1, 'float32', 3)
    const y = tf.tidy(() => tf.oneHot(tf.cast(tf.greater(tf.sum(x, 1), 0), 'int32'), 2))
    const run = memoryRun()
    const watching = watch(model, run, { tf, updates: 1, gradients: 1, histograms: false })
    let tensors = 0
    const { history } = await model.fit(x, y, {
      epochs: 12,
      batchSize: 16,
      verbose: 0,
      callbacks: [
        fitCallbacks(run, { model }),
        {
          onEpochEnd: (epoch: number) => {
            if (epoch === 1) tensors = tf.memory().numTensors
            if (epoch === 6) optimizer.learningRate = 0.01
            return Promise.resolve()
          },
        },
      ],
    })
    expect(tf.memory().numTensors).toBe(tensors)
    watching.unwatch()
    const losses = history['loss'] as number[]
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.98)
    const rates = run.of('lr').map(([, value]) => value)
    expect(rates).toHaveLength(48)
    expect(rates[0]).toBe(0.02)
    expect(rates.at(-1)).toBe(0.01)
    const names = new Set(run.logged.flatMap(({ values }) => Object.keys(values)))
    expect([...names].filter((name) => name.startsWith('update-ratio/'))).toHaveLength(2)
    expect(optimizer.gradientNorm).toBeCloseTo(run.of('gradient-norm/global').at(-1)![1] as number, 6)
    expect(optimizer.iterations).toBe(48)
    model.dispose()
    optimizer.dispose()
    tf.dispose([x, y])
  })
})

describe('the learning rate', () => {
  it.each(OPTIMIZER_KINDS)('of %s can be assigned or set, and the next step uses it', (kind) => {
    const w = tf.variable(tf.tensor1d([1]))
    const optimizer = make({ kind, lr: 0.1, weightDecay: 0 })
    const loss = (): Scalar => tf.sum(w)
    const moves: number[] = []
    for (const change of [() => optimizer.setLearningRate(0), () => Object.assign(optimizer, { learningRate: 0.5 })]) {
      change()
      const before = w.dataSync()[0]!
      optimizer.minimize(loss, false, [w])
      moves.push(before - w.dataSync()[0]!)
    }
    expect(moves[0]).toBe(0)
    expect(moves[1]).toBeGreaterThan(0.25)
    expect(learningRate(optimizer)).toBe(0.5)
    expect(optimizer.getConfig()['lr']).toBe(0.5)
    for (const wrong of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(() => Object.assign(optimizer, { learningRate: wrong })).toThrow(/learning rate cannot be/)
    expect(optimizer.learningRate).toBe(0.5)
    optimizer.dispose()
    w.dispose()
  })

  it('of Nesterov stays in the velocity when it changes, as in the notes, where g + ρv rescales all of it', () => {
    const optimizer = make({ kind: 'nesterov', lr: 1, momentum: 0.5 })
    const w = tf.variable(tf.tensor1d([0]))
    const loss = (): Scalar => tf.sum(w)
    optimizer.minimize(loss, false, [w])
    // v = -1, w = 0 − 0.5·0 + 1.5·(−1)
    expect(w.dataSync()[0]).toBe(-1.5)
    optimizer.learningRate = 0
    optimizer.minimize(loss, false, [w])
    // v = −0.5, w = −1.5 + 0.5 − 0.75; with g + ρv and a rate of 0 it would have stood still.
    expect(w.dataSync()[0]).toBe(-1.75)
    optimizer.dispose()
    w.dispose()
  })
})

describe('tensors', () => {
  it.each(OPTIMIZER_KINDS)('%s holds a constant number over many steps, and none after disposal', (kind) => {
    const start = tf.memory()
    const w = tf.tidy(() => tf.variable(tf.ones([5, 3])))
    const gradients = { [w.name]: tf.ones([5, 3]) }
    const optimizer = make({ kind, weightDecay: 0.01, clip: { norm: 1 } })
    optimizer.applyGradients(gradients)
    const held = tf.memory()
    for (let step = 0; step < 500; step++) {
      optimizer.applyGradients(gradients)
      if (step % 7 === 0) expect(optimizer.gradientNorm).toBeCloseTo(Math.sqrt(15), 5)
    }
    optimizer.applyGradients(gradients)
    const after = tf.memory()
    expect([after.numTensors, after.numDataBuffers, after.numBytes]).toEqual([held.numTensors, held.numDataBuffers, held.numBytes])
    optimizer.dispose()
    tf.dispose([w, gradients])
    expect(tf.memory().numTensors).toBe(start.numTensors)
    expect(tf.memory().numDataBuffers).toBe(start.numDataBuffers)
    expect(() => optimizer.applyGradients({})).toThrow(/disposed of/)
  })
})

describe('the config', () => {
  it('fills in the defaults of the notes and refuses what cannot be', () => {
    expect(optimizerSchema.parse({ kind: 'adam' })).toEqual({
      kind: 'adam',
      lr: 1e-3,
      weightDecay: 0,
      decay: 'coupled',
      decayAll: false,
      clip: null,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
    })
    expect(optimizerSchema.parse({ kind: 'adamw' })).toMatchObject({ decay: 'decoupled', weightDecay: 0.01 })
    const problem = (config: object): string =>
      optimizerSchema
        .safeParse(config)
        .error!.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
        .join('; ')
    expect(problem({ kind: 'adamm' })).toBe('kind needs a kind: sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw')
    expect(problem({ kind: 'sgd', lr: 0 })).toBe('lr must be above 0')
    expect(problem({ kind: 'sgd', momentum: 0.9 })).toContain('"momentum"')
    expect(problem({ kind: 'momentum', momentum: 1 })).toContain('momentum must be below 1')
    expect(problem({ kind: 'adam', beta2: 1 })).toContain('beta2 must be at most 0.999999')
    expect(problem({ kind: 'adam', epsilon: 0 })).toContain('would become NaN')
    expect(problem({ kind: 'adam', clip: 1 })).toBe('clip must be null, { value: … } or { norm: … }, the limit being a number above 0')
    expect(problem({ kind: 'adam', clip: { value: 1, norm: 1 } })).toContain('clip must be null, { value: … } or { norm: … }')
  })

  it('gives editors a JSON Schema that explains every option', () => {
    const schema = z.toJSONSchema(optimizerSchema, { io: 'input' }) as {
      oneOf: { properties: Record<string, { const?: string; description?: string }> }[]
    }
    expect(schema.oneOf.map(({ properties }) => properties['kind']!.const)).toEqual(OPTIMIZER_KINDS)
    for (const { properties } of schema.oneOf)
      for (const [name, { description }] of Object.entries(properties)) if (name !== 'kind') expect(description, name).toMatch(/\.$/)
  })
})

describe('misuse', () => {
  it('names the variable that is gone', () => {
    const optimizer = make({ kind: 'sgd' })
    const one = tf.ones([1])
    expect(() => optimizer.applyGradients({ 'gone/kernel': one })).toThrow(/"gone\/kernel", but TensorFlow.js knows no such variable/)
    optimizer.dispose()
    one.dispose()
  })
})
