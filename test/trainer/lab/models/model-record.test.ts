import { beforeAll, describe, expect, it } from 'vitest'
import { KINDS } from '../../../../core/kinds/registry.ts'
import { labModelRecord } from '../../../../trainer/lab/models/model-record.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { build, wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})

function record(config: object, context = {}) {
  const lab = build(tf, config, context)
  const value = labModelRecord(tf, lab.model)
  lab.dispose()
  return { ...value, layer: (name: string) => value.layers.find((layer) => layer.name === name)! }
}

describe('operations and parameters, counted by hand', () => {
  it('mlp 64-5-3 with layer norm and GELU', () => {
    const { layer, flops, parameters, inputShape } = record({ kind: 'mlp', hidden: [5], norm: 'layer', activation: 'gelu', dropout: 0.5 })
    expect(layer('flatten').flops).toBe(0)
    // 5 units of 64 multiplications and additions, and 5 biases.
    expect(layer('hidden1').flops).toBe(5 * (2 * 64 + 1))
    expect(layer('hidden1-norm').flops).toBe(5 * 7)
    expect(layer('hidden1-activation').flops).toBe(5 * 5)
    expect(layer('hidden1-dropout').flops).toBe(0)
    expect(layer('output').flops).toBe(3 * (2 * 5 + 1))
    expect(flops).toBe(645 + 35 + 25 + 33)
    expect(parameters).toBe(64 * 5 + 5 + 10 + 5 * 3 + 3)
    expect(inputShape).toEqual([null, 8, 8, 1])
  })

  it('two 3 × 3 convolutions see what one 5 × 5 sees with fewer parameters and operations', () => {
    const channels = 4
    const stage = (convolutions: number, kernelSize: number) => {
      const table = record({ kind: 'vgg', stages: 1, filters: channels, convolutions, kernelSize }, { inputShape: [8, 8, channels] })
      const layers = table.layers.filter(({ type }) => type === 'Conv2D')
      return { parameters: layers.reduce((sum, one) => sum + one.parameters, 0), flops: layers.reduce((sum, one) => sum + one.flops!, 0) }
    }
    const pixels = 64
    expect(stage(2, 3)).toEqual({ parameters: 2 * (9 * 16 + 4), flops: 2 * pixels * channels * (2 * 9 * 4 + 1) })
    expect(stage(1, 5)).toEqual({ parameters: 25 * 16 + 4, flops: pixels * channels * (2 * 25 * 4 + 1) })
    expect(stage(2, 3).flops).toBeLessThan(stage(1, 5).flops)
  })

  it('halving the image and doubling the filters keeps the operations of a stage', () => {
    const { layer } = record({ kind: 'vgg', stages: 3, filters: 4, norm: 'batch' })
    expect(layer('stage3-conv2').flops).toBe(layer('stage2-conv2').flops)
    expect(layer('stage2-conv2').flops).toBe(layer('stage1-conv2').flops)
  })

  it('residual block: convolutions without bias, batch norm 2 per value, the sum, pooling', () => {
    const { layer } = record({ kind: 'residual', stages: 2, filters: 4, blocks: 1 })
    expect(layer('stage2-block1-conv1').flops).toBe(2 * 9 * 4 * 8 * 16)
    expect(layer('stage2-block1-conv1-norm').flops).toBe(2 * 8 * 16)
    expect(layer('stage2-block1-shortcut').flops).toBe(2 * 4 * 8 * 16)
    expect(layer('stage2-block1-add').flops).toBe(8 * 16)
    expect(layer('stage2-block1-activation').flops).toBe(8 * 16)
    expect(layer('global-average-pool').flops).toBe(8 * 16)
    const pooled = record({ kind: 'vgg', stages: 1, filters: 4, convolutions: 1 })
    expect(pooled.layer('stage1-pool').flops).toBe(4 * 4 * 4 * 4)
  })
})

describe('the graph', () => {
  it('names the layers each layer takes its inputs from', () => {
    const { layer } = record({ kind: 'residual', stages: 2, filters: 4, blocks: 1 })
    expect(layer('input').inputs).toEqual([])
    expect(layer('stage1-block1-add').inputs).toEqual(['stage1-block1-conv2-norm', 'stem-activation'])
    expect(layer('stage2-block1-add').inputs).toEqual(['stage2-block1-conv2-norm', 'stage2-block1-shortcut-norm'])
    expect(layer('stem').weights).toEqual([{ name: 'stem/kernel', shape: [3, 3, 1, 4] }])
  })

  it('is right for models people make themselves: sequential, nested, sharing a layer with another model', () => {
    const inner = tf.sequential({
      layers: [tf.layers.dense({ name: 'inner1', units: 3, inputShape: [4] }), tf.layers.dense({ name: 'inner2', units: 2 })],
    })
    const input = tf.input({ shape: [4], name: 'outer-input' })
    const before = tf.layers.dense({ name: 'before', units: 4 }).apply(input)
    const last = tf.layers.dense({ name: 'after', units: 1 })
    const model = tf.model({ inputs: input, outputs: last.apply(inner.apply(before)) as never })
    tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(before) as never })
    const { layers } = labModelRecord(tf, model)
    expect(layers.map(({ name, inputs }) => [name, inputs])).toEqual([
      ['outer-input', []],
      ['before', ['outer-input']],
      ['inner1', ['before']],
      ['inner2', ['inner1']],
      ['after', ['inner2']],
    ])
    model.dispose()
  })

  it('says that operations are not known rather than count half of them', () => {
    const model = tf.sequential({
      layers: [tf.layers.simpleRNN({ units: 2, inputShape: [3, 1] }), tf.layers.dense({ units: 1, activation: 'relu' })],
    })
    expect(() => labModelRecord(tf, model)).toThrow('has no input shape yet')
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
    const { layers, flops } = labModelRecord(tf, model)
    expect(layers.map((layer) => layer.flops)).toEqual([null, 2 * 2 + 1 + 1])
    expect(flops).toBeNull()
    model.dispose()
  })

  it('is a record as it stands', () => {
    const { layer: _layer, ...value } = record({ kind: 'bottleneck', stages: 1, filters: 2 })
    expect(KINDS.model.decode(KINDS.model.encode(value).payload)).toEqual(value)
  })
})
