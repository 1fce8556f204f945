import type { Tensor } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { batchNormStatistics } from '../../../../trainer/lab/models/batch-norm-statistics.ts'
import { copyWeights } from '../../../../trainer/lab/models/copy-weights.ts'
import { freezeLayers } from '../../../../trainer/lab/models/freeze-layers.ts'
import { layersMatching } from '../../../../trainer/lab/models/layers-matching.ts'
import { exportWeights, importWeights } from '../../../../trainer/lab/models/named-weights.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { build, filled, wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})

const NET = { kind: 'vgg', stages: 2, filters: 4, norm: 'batch', activation: 'prelu' }
const trainingPass = (model: { apply(x: Tensor, options: object): unknown }) =>
  tf.tidy(() => {
    model.apply(tf.tensor4d(filled(4 * 64), [4, 8, 8, 1]), { training: true })
  })

describe('weights by name', () => {
  it('go out and come back bit for bit, moving averages among them', async () => {
    const lab = build(tf, NET)
    trainingPass(lab.model)
    const stored = await exportWeights(lab.model)
    expect(Object.keys(stored)).toContain('stage1-conv1-norm/moving_variance')
    expect(Object.keys(stored)).toContain('stage1-conv1-activation/slope')
    const other = build(tf, NET, { initSeed: 9 })
    const x = tf.tensor4d(filled(64, 4), [1, 8, 8, 1])
    expect([...(other.model.predict(x) as Tensor).dataSync()]).not.toEqual([...(lab.model.predict(x) as Tensor).dataSync()])
    const before = tf.memory().numTensors
    importWeights(tf, other.model, stored)
    expect(tf.memory().numTensors).toBe(before)
    expect([...(other.model.predict(x) as Tensor).dataSync()]).toEqual([...(lab.model.predict(x) as Tensor).dataSync()])
    // What was exported is a copy: training on does not change it.
    const kept = stored['stage1-conv1-norm/moving_mean']!.slice()
    trainingPass(lab.model)
    expect(stored['stage1-conv1-norm/moving_mean']).toEqual(kept)
    expect((await exportWeights(lab.model))['stage1-conv1-norm/moving_mean']).not.toEqual(kept)
    lab.dispose()
    other.dispose()
  })

  it('of another model are refused as a whole, saying what differs', async () => {
    const lab = build(tf, { kind: 'mlp', hidden: [4] })
    const stored = await exportWeights(lab.model)
    const { 'hidden1/bias': _bias, ...missing } = stored
    expect(() => importWeights(tf, lab.model, missing)).toThrow('do not belong to model "mlp": "hidden1/bias" is missing')
    expect(() => importWeights(tf, lab.model, { ...stored, 'hidden2/bias': new Float32Array(1) })).toThrow('the model has no "hidden2/bias"')
    const changed = { ...stored, 'hidden1/kernel': new Float32Array(256), 'output/bias': new Float32Array(5) }
    expect(() => importWeights(tf, lab.model, changed)).toThrow('"output/bias" has 5 numbers, the model\'s has 3 ([3])')
    expect(await exportWeights(lab.model)).toEqual(stored)
    lab.dispose()
  })
})

describe('copyWeights', () => {
  it('copies what has the same name and shape, and reports the rest', async () => {
    const from = build(tf, { ...NET, filters: 4 }, { initSeed: 5 })
    const to = build(tf, { ...NET, filters: 4 }, { outputs: 5 })
    const source = await exportWeights(from.model)
    const fresh = await exportWeights(to.model)
    const report = await copyWeights(tf, from.model, to.model, ['stage2-conv2'])
    const now = await exportWeights(to.model)
    expect(now['stage1-conv1/kernel']).toEqual(source['stage1-conv1/kernel'])
    expect(now['output/kernel']).toEqual(fresh['output/kernel'])
    expect(now['stage2-conv2/kernel']).toEqual(fresh['stage2-conv2/kernel'])
    expect(report.skipped).toEqual([
      { name: 'stage2-conv2/kernel', reason: 'reinitialised' },
      { name: 'output/kernel', reason: 'shape [8, 3] in the source, [8, 5] here' },
      { name: 'output/bias', reason: 'shape [3] in the source, [5] here' },
    ])
    expect(report.copied).toHaveLength(to.model.weights.length - 3)
    expect(report.unused).toEqual([])
    from.dispose()
    to.dispose()
  })

  it('takes stored weights, and names those that found no place', async () => {
    const from = build(tf, { kind: 'mlp', hidden: [4, 4] })
    const to = build(tf, { kind: 'mlp', hidden: [4] })
    const report = await copyWeights(tf, { weights: await exportWeights(from.model) }, to.model)
    expect(report).toEqual({
      copied: ['hidden1/kernel', 'hidden1/bias', 'output/kernel', 'output/bias'],
      skipped: [],
      unused: ['hidden2/kernel', 'hidden2/bias'],
    })
    from.dispose()
    to.dispose()
  })
})

describe('layers by glob', () => {
  it('are found by * and ?, in the order of the model', () => {
    const lab = build(tf, { kind: 'mlp', hidden: [4, 4] })
    expect(layersMatching(lab.model, ['hidden2*', 'hidden?'])).toEqual(['hidden1', 'hidden2', 'hidden2-activation'])
    expect(layersMatching(lab.model, [])).toEqual([])
    lab.dispose()
  })

  it('that match nothing are an error with the nearest layer, not silently no freezing', () => {
    const lab = build(tf, { kind: 'mlp', hidden: [4, 4] })
    expect(() => freezeLayers(lab.model, ['hidden1', 'hiden2'])).toThrow('no layer of model "mlp" matches "hiden2": the nearest is "hidden2"')
    expect(() => layersMatching(lab.model, ['stage1-*'])).toThrow('layers with weights are hidden1, hidden2, output')
    expect(() => layersMatching(lab.model, ['hidden.'])).toThrow('matches "hidden."')
    lab.dispose()
  })

  it('freeze: their weights and moving averages stay, the others train', async () => {
    const lab = build(tf, NET)
    const frozen = freezeLayers(lab.model, ['stage1-*'])
    expect(frozen).toEqual([
      'stage1-conv1',
      'stage1-conv1-norm',
      'stage1-conv1-activation',
      'stage1-conv2',
      'stage1-conv2-norm',
      'stage1-conv2-activation',
    ])
    expect(lab.model.trainableWeights.every((weight) => !weight.originalName.startsWith('stage1'))).toBe(true)
    const before = await exportWeights(lab.model)
    trainingPass(lab.model)
    const after = await exportWeights(lab.model)
    const moved = Object.keys(after).filter((name) => after[name]!.some((value, i) => value !== before[name]![i]))
    expect(moved).toEqual([
      'stage2-conv1-norm/moving_mean',
      'stage2-conv1-norm/moving_variance',
      'stage2-conv2-norm/moving_mean',
      'stage2-conv2-norm/moving_variance',
    ])
    lab.dispose()
  })
})

describe('batchNormStatistics', () => {
  it('reads the moving averages of every batch norm, averaged over its channels', async () => {
    const lab = build(tf, { ...NET, stages: 1 })
    expect(await batchNormStatistics(lab.model)).toEqual([
      { layer: 'stage1-conv1-norm', mean: 0, variance: 1 },
      { layer: 'stage1-conv2-norm', mean: 0, variance: 1 },
    ])
    const weights = await exportWeights(lab.model)
    weights['stage1-conv2-norm/moving_mean'] = Float32Array.of(1, 2, 3, 6)
    weights['stage1-conv2-norm/moving_variance'] = Float32Array.of(1, 1, 1, 5)
    importWeights(tf, lab.model, weights)
    expect((await batchNormStatistics(lab.model))[1]).toEqual({ layer: 'stage1-conv2-norm', mean: 3, variance: 2 })
    lab.dispose()
    const without = build(tf, { kind: 'linear' })
    expect(await batchNormStatistics(without.model)).toEqual([])
    without.dispose()
  })
})
