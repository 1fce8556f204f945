import type { Tensor } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { labLayers } from '../../../../trainer/lab/models/layers/lab-layers.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { build, filled, names, wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})

const dropout = (options: { name?: string; rate?: number; seed?: number; wholeChannels?: boolean } = {}) =>
  new (labLayers(tf).SeededDropout)({ name: 'drop', rate: 0.3, seed: 5, ...options })
const ones = (rows: number, columns: number) => tf.ones([rows, columns])
const trained = (layer: ReturnType<typeof dropout>, x: Tensor, step: number): number[] => {
  layer.setStep(step)
  return [...(layer.apply(x, { training: true }) as Tensor).dataSync()]
}

describe('dropout', () => {
  it('draws a new mask every step and the same one for the same step, also in another layer object of that name and seed', () => {
    const x = ones(20, 50)
    const layer = dropout()
    const steps = [0, 1, 2, 1].map((step) => trained(layer, x, step))
    expect(steps[1]).not.toEqual(steps[0])
    expect(steps[2]).not.toEqual(steps[1])
    expect(steps[3]).toEqual(steps[1])
    expect(trained(dropout(), x, 2)).toEqual(steps[2])
  })

  it('draws other masks for another layer name and another seed', () => {
    const x = ones(20, 50)
    const mask = trained(dropout(), x, 0)
    expect(trained(dropout({ name: 'other' }), x, 0)).not.toEqual(mask)
    expect(trained(dropout({ seed: 6 }), x, 0)).not.toEqual(mask)
  })

  it('keeps the expectation: what is left is divided by 1 − rate, and the share dropped is the rate', () => {
    const layer = dropout({ rate: 0.3 })
    const values = [0, 1, 2, 3].flatMap((step) => trained(layer, ones(100, 250), step))
    const kept = values.filter((value) => value !== 0)
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.7)]))
    const share = 1 - kept.length / values.length
    // 100,000 draws: four standard errors are 0.0058.
    expect(Math.abs(share - 0.3)).toBeLessThan(0.0058)
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(1, 1)
  })

  it('does nothing in inference', () => {
    const x = ones(4, 4)
    expect([...(dropout().apply(x) as Tensor).dataSync()]).toEqual(new Array(16).fill(1))
  })

  it('sends the gradient through the kept values only', () => {
    const layer = dropout()
    const x = ones(4, 8)
    layer.setStep(3)
    const gradient = tf.grad((input) => tf.sum(layer.apply(input, { training: true }) as Tensor))(x)
    expect([...gradient.dataSync()]).toEqual(trained(layer, x, 3))
  })

  it('drops whole channels of an image when asked to', () => {
    const layer = dropout({ rate: 0.5, wholeChannels: true })
    layer.setStep(0)
    const y = (layer.apply(tf.ones([4, 3, 3, 8]), { training: true }) as Tensor).arraySync() as number[][][][]
    const states = y.flatMap((image) => image[0]![0]!.map((_, channel) => new Set(image.flat().map((pixel) => pixel[channel]))))
    expect(states.every((values) => values.size === 1)).toBe(true)
    expect(new Set(states.map((values) => [...values][0]))).toEqual(new Set([0, 2]))
  })

  it('refuses to train before it knows the step: one mask for ever would go unnoticed', () => {
    expect(() => dropout().apply(ones(2, 2), { training: true })).toThrow('dropout layer "drop" does not know the step: call setStep(step)')
  })

  it('is reached in every layer of a model by setStep, and sits on the inputs of the later dense layers', () => {
    const lab = build(tf, { kind: 'mlp', hidden: [16, 16], dropout: 0.5 })
    expect(names(lab).filter((name) => name.endsWith('dropout'))).toEqual(['hidden1-dropout', 'hidden2-dropout'])
    const x = tf.tensor4d(filled(5 * 64), [5, 8, 8, 1])
    const logits = (step: number) => {
      lab.setStep(step)
      return [...(lab.model.apply(x, { training: true }) as Tensor).dataSync()]
    }
    const first = logits(7)
    expect(logits(8)).not.toEqual(first)
    expect(logits(7)).toEqual(first)
    lab.dispose()
  })

  it('survives saving and loading a model', async () => {
    const lab = build(tf, { kind: 'mlp', hidden: [4], dropout: 0.5, activation: 'prelu', norm: { kind: 'group', groups: 2 } })
    const loaded = await tf.models.modelFromJSON(lab.model.toJSON(null, false) as never)
    expect(loaded.layers.map((layer) => [layer.name, layer.getClassName()])).toEqual(
      lab.model.layers.map((layer) => [layer.name, layer.getClassName()]),
    )
    expect(loaded.getLayer('hidden1-dropout').getConfig()).toMatchObject({ rate: 0.5, seed: 2 })
    expect(loaded.getLayer('hidden1-norm').getConfig()).toMatchObject({ groups: 2, epsilon: 1e-5 })
    lab.dispose()
  })
})
