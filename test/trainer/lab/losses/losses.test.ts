import { readFileSync } from 'node:fs'
import type { Scalar, Tensor2D } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { LOSS_KINDS, type LossInput, lossSchema, makeLoss } from '../../../../trainer/lab/losses/registry.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

interface Case {
  name: string
  kind: LossInput['kind']
  labelSmoothing: number
  logits: number[][]
  targets: number[][]
  losses: number[]
  gradients: number[][]
}

// Values and how they were made: scipy-losses.py.
const { cases } = JSON.parse(readFileSync(new URL('./scipy-losses.json', import.meta.url), 'utf8')) as { cases: Case[] }

const make = (config: LossInput) => makeLoss(tf, lossSchema.parse(config))

function evaluate(config: LossInput, targetRows: number[][], logitRows: number[][]) {
  const before = tf.memory().numTensors
  const loss = make(config)
  const targets = tf.tensor2d(targetRows, undefined, 'float32')
  const logits = tf.tensor2d(logitRows)
  const perExample = loss.perExample(targets, logits)
  const mean = loss.mean(targets, logits)
  const { value, grad } = tf.valueAndGrad((x) => loss.mean(targets, x as Tensor2D))(logits)
  const result = {
    perExample: [...perExample.dataSync<'float32'>()],
    shape: perExample.shape,
    mean: mean.dataSync()[0]!,
    value: value.dataSync()[0]!,
    gradients: grad.arraySync() as number[][],
  }
  tf.dispose([targets, logits, perExample, mean, value, grad])
  expect(tf.memory().numTensors).toBe(before)
  return result
}

describe('losses and their gradients', () => {
  it.each(cases.map((one) => [`${one.kind}, smoothing ${one.labelSmoothing}: ${one.name}`, one] as const))('are those of scipy for %s', (_, one) => {
    const { kind, labelSmoothing, logits, targets, losses, gradients } = one
    const n = logits.length
    const result = evaluate({ kind, labelSmoothing }, targets, logits)
    expect(result.shape).toEqual([n])
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / n
    // Float32: relative to the loss, or to 1 where the loss is nothing.
    const near = (got: number, wanted: number, scale = Math.max(1, Math.abs(wanted))): void =>
      expect(Math.abs(got - wanted) / scale).toBeLessThan(3e-7)
    for (const [row, wanted] of losses.entries()) near(result.perExample[row]!, wanted)
    near(result.mean, mean)
    expect(result.value).toBe(result.mean)
    for (const [row, wanted] of gradients.entries()) for (const [column, value] of wanted.entries()) near(result.gradients[row]![column]!, value / n)
  })

  it.each(LOSS_KINDS)('%s is finite wherever logits of ±1e4 and targets meet, and so are its gradients', (kind) => {
    const rows: number[][] = []
    const truths: number[][] = []
    for (const a of [-1e4, 0, 1e4])
      for (const b of [-1e4, 0, 1e4])
        for (const truth of [0, 1]) {
          rows.push([a, b])
          truths.push([truth, 1 - truth])
        }
    const { perExample, gradients } = evaluate({ kind }, truths, rows)
    expect([...perExample, ...gradients.flat()].every(Number.isFinite)).toBe(true)
    expect(Math.max(...perExample)).toBe(kind === 'softmax-cross-entropy' ? 20_000 : 10_000)
  })

  it('follow numeric differences for soft targets whose sum is not 1', () => {
    const targets = [[0.5, 0.25, 0.125]]
    const logits = [0.3, -0.7, 1.1]
    const analytic = evaluate({ kind: 'softmax-cross-entropy' }, targets, [logits]).gradients[0]!
    const exact = (x: number[]): number => {
      const normaliser = Math.log(x.reduce((sum, value) => sum + Math.exp(value), 0))
      return -x.reduce((sum, value, index) => sum + targets[0]![index]! * (value - normaliser), 0)
    }
    for (const [index, gradient] of analytic.entries()) {
      const moved = (by: number): number => exact(logits.map((value, at) => (at === index ? value + by : value)))
      expect(gradient).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 6)
    }
  })

  it('of a sure and right sigmoid are small, not 0', () => {
    for (const logit of [0, 1e-3, 1, 8, 12, 15, 16, 17, 20, 60]) {
      const { mean } = evaluate({ kind: 'sigmoid-cross-entropy' }, [[1]], [[logit]])
      expect(mean / Math.log1p(Math.exp(-logit))).toBeCloseTo(1, 5)
    }
  })

  it('keep NaN and infinite logits visible', () => {
    for (const kind of LOSS_KINDS) {
      const { perExample } = evaluate(
        { kind },
        [
          [1, 0],
          [1, 0],
        ],
        [
          [Number.NaN, 0],
          [0, 0],
        ],
      )
      expect(perExample[0]).toBeNaN()
      expect(perExample[1]).toBeCloseTo(Math.LN2, 6)
    }
  })
})

describe('in training', () => {
  it.each(LOSS_KINDS)('%s trains a model by its gradients and leaves no tensor', (kind) => {
    const loss = make({ kind, labelSmoothing: 0.05 })
    const x = tf.randomNormal([32, 3], 0, 1, 'float32', 5) as Tensor2D
    const y = tf.tidy(() => tf.cast(tf.oneHot(tf.argMax(x, 1), 3), 'float32')) as Tensor2D
    const w = tf.tidy(() => tf.variable(tf.zeros([3, 3])))
    const optimizer = tf.train.sgd(1)
    const losses: number[] = []
    let tensors = 0
    for (let step = 0; step < 20; step++) {
      const value = optimizer.minimize(() => loss.mean(y, tf.matMul(x, w)) as Scalar, true, [w])!
      losses.push(value.dataSync()[0]!)
      value.dispose()
      if (step === 1) tensors = tf.memory().numTensors
    }
    expect(tf.memory().numTensors).toBe(tensors)
    expect(losses[0]).toBeCloseTo(loss.initialLoss(3), 6)
    expect(losses.at(-1)).toBeLessThan(losses[0]! * 0.85)
    optimizer.dispose()
    tf.dispose([x, y, w])
  })
})

describe('the initial loss', () => {
  it('is log C for softmax and log 2 for sigmoid, whatever the smoothing', () => {
    for (const labelSmoothing of [0, 0.3]) {
      const zero = [[0, 0, 0, 0]]
      const truth = [[0, 0, 1, 0]]
      const softmax = make({ kind: 'softmax-cross-entropy', labelSmoothing })
      expect(softmax.initialLoss(4)).toBe(Math.log(4))
      expect(evaluate({ kind: 'softmax-cross-entropy', labelSmoothing }, truth, zero).mean).toBeCloseTo(Math.log(4), 6)
      expect(make({ kind: 'sigmoid-cross-entropy', labelSmoothing }).initialLoss(4)).toBe(Math.LN2)
      expect(evaluate({ kind: 'sigmoid-cross-entropy', labelSmoothing }, truth, zero).mean).toBeCloseTo(Math.LN2, 6)
    }
    expect(() => make({ kind: 'softmax-cross-entropy' }).initialLoss(0)).toThrow(/cannot be 0 classes/)
  })
})

describe('misuse', () => {
  it('of shapes is told, also where they would broadcast', () => {
    const loss = make({ kind: 'softmax-cross-entropy' })
    const two = tf.zeros([4, 2]) as Tensor2D
    const one = tf.zeros([4, 1]) as Tensor2D
    expect(() => loss.mean(one, two)).toThrow('softmax-cross-entropy: targets are [4, 1] and logits [4, 2]: both must be [batch, outputs]')
    tf.dispose([one, two])
  })

  it('of the config is told', () => {
    const problem = (config: object): string =>
      lossSchema
        .safeParse(config)
        .error!.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
        .join('; ')
    expect(problem({ kind: 'softmax' })).toBe('kind needs a kind: softmax-cross-entropy, sigmoid-cross-entropy')
    expect(problem({ kind: 'softmax-cross-entropy', labelSmoothing: 1 })).toContain('must be below 1')
    expect(lossSchema.parse({ kind: 'sigmoid-cross-entropy' })).toEqual({ kind: 'sigmoid-cross-entropy', labelSmoothing: 0 })
    const schema = z.toJSONSchema(lossSchema, { io: 'input' }) as unknown as { oneOf: { properties: { labelSmoothing: { description: string } } }[] }
    for (const { properties } of schema.oneOf) expect(properties.labelSmoothing.description).toMatch(/\.$/)
  })
})
