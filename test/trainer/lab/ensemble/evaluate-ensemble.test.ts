import type { Tensor2D } from '@tensorflow/tfjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meanLogits } from '../../../../trainer/lab/ensemble/mean-logits.ts'
import { evaluateEnsemble, type LabConfig, type LabResult } from '../../../../trainer/lab/index.ts'
import { type TempFolder, tempFolder } from '../../../fixtures/temp-folder.ts'
import { readRun, withStore } from '../../fixtures/stored-run.ts'
import { POINTS, train, wasm } from '../training/small-lab.ts'

const MEMBER: LabConfig = { ...POINTS, seeds: { split: 7 }, train: { epochs: 1, batchSize: 64 }, snapshots: { every: 0.5 } }

let folder: TempFolder
let first: LabResult
let second: LabResult

beforeAll(async () => {
  folder = tempFolder()
  first = await train(folder.store, { ...MEMBER, name: 'first' })
  second = await train(folder.store, { ...MEMBER, name: 'second', seed: 1 })
})
afterAll(() => folder[Symbol.asyncDispose]())

const evaluate = async (options: object) => evaluateEnsemble({ dir: folder.store, tf: await wasm(), ...options })

describe('evaluateEnsemble', () => {
  it('tests the mean of runs as a run of its own, beside each member, and links them', async () => {
    const result = await evaluate({
      members: [
        { run: 'first', checkpoint: 'last' },
        { run: 'second', checkpoint: 'last' },
      ],
      name: 'both',
    })
    // Each member does here what it did at the end of its own run.
    expect(result.members.map(({ metrics }) => metrics['test/loss'])).toEqual(
      [first, second].map(({ metrics }) => expect.closeTo(metrics['test/loss'] ?? Number.NaN, 6)),
    )
    expect(result.members.map(({ metrics }) => metrics['test/accuracy'])).toEqual([first, second].map(({ metrics }) => metrics['test/accuracy']))
    // −log is convex: the loss of the mean probabilities is at most the mean loss.
    const mean = ((first.metrics['test/loss'] ?? 0) + (second.metrics['test/loss'] ?? 0)) / 2
    expect(result.metrics['test/loss']).toBeLessThan(mean)
    const { run, points, records } = await readRun(folder.store, 'both')
    expect(run).toMatchObject({ jobType: 'ensemble', status: 'finished', project: 'lab', config: { ensemble: { average: 'probabilities' } } })
    expect(points.get('members/test/accuracy')?.value).toEqual(result.members.map(({ metrics }) => metrics['test/accuracy']))
    expect(points.get('test/loss')?.value).toEqual([result.metrics['test/loss']])
    expect(records.map(({ name }) => name)).toEqual(expect.arrayContaining(['confusion-matrix/test', 'pr-curve/test', 'confusion-matrix/validation']))
    const { to } = await withStore(folder.store, (store) => store.links(run.id))
    expect(to.map(({ role, run: { name }, step }) => ({ role, name, step }))).toEqual([
      { role: 'member', name: 'first', step: first.stepsDone - 1 },
      { role: 'member', name: 'second', step: second.stepsDone - 1 },
    ])
  })

  it('takes the snapshots of one run', async () => {
    const { members, run } = await evaluate({ snapshots: 'first', average: 'logits' })
    expect(members.map(({ step }) => step)).toEqual([Math.ceil(first.stepsDone / 2) - 1, first.stepsDone - 1])
    expect((await withStore(folder.store, (store) => store.links(run.id))).to).toHaveLength(2)
  })

  it('refuses members that do not go together, and says why', async () => {
    await train(folder.store, { ...MEMBER, name: 'other-split', seeds: { split: 8 } })
    await train(folder.store, { ...MEMBER, name: 'raw', preprocess: { kind: 'none' } })
    await train(folder.store, { ...MEMBER, name: 'three', data: { ...POINTS.data, classes: 3 } })
    const pair = (run: string) => evaluate({ members: [{ run: 'first' }, { run }] })
    await expect(pair('other-split')).rejects.toThrow(
      /^first and other-split cannot be members of one ensemble: they have different test splits .* same seeds\.split$/,
    )
    await expect(pair('raw')).rejects.toThrow(/preprocessed differently \(standardise and none\)/)
    await expect(pair('three')).rejects.toThrow(/their classes are/)
    await expect(evaluate({ members: [{ run: 'first' }] })).rejects.toThrow(/at least two members, got 1/)
    await expect(
      evaluate({
        members: [
          { run: 'first', checkpoint: 'last' },
          { run: 'first', checkpoint: 'last' },
        ],
      }),
    ).rejects.toThrow(/is a member twice/)
    await expect(evaluate({})).rejects.toThrow(/give one of them/)
    await expect(evaluate({ snapshots: 'nobody' })).rejects.toThrow(/no run "nobody"/)
  })
})

describe('meanLogits', () => {
  const values = [
    [4, -1, 2],
    [-300, 0, 250],
  ]

  it('gives logits whose softmax is the mean of the probabilities, also far out', async () => {
    const tf = await wasm()
    const softmax = (row: number[]) => {
      const most = Math.max(...row)
      const powers = row.map((value) => Math.exp(value - most))
      return powers.map((power) => power / powers.reduce((sum, one) => sum + one, 0))
    }
    const [a, b] = values.map(softmax) as [number[], number[]]
    const result = tf.tidy(() => [
      ...tf.softmax(meanLogits(tf, values.map((row) => tf.tensor2d([row])) as Tensor2D[], 'probabilities', 'softmax-cross-entropy')).dataSync(),
    ])
    for (const [index, value] of result.entries()) expect(value).toBeCloseTo(((a[index] ?? 0) + (b[index] ?? 0)) / 2, 6)
  })

  it('gives logits whose sigmoid is the mean of the probabilities, or the mean of the logits', async () => {
    const tf = await wasm()
    const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
    const mean = (average: 'probabilities' | 'logits') =>
      tf.tidy(() => [...meanLogits(tf, values.map((row) => tf.tensor2d([row])) as Tensor2D[], average, 'sigmoid-cross-entropy').dataSync()])
    expect(mean('logits')).toEqual([-148, -0.5, 126])
    const expected = values[0]!.map((value, index) => (sigmoid(value) + sigmoid(values[1]![index]!)) / 2)
    for (const [index, value] of mean('probabilities').entries()) expect(sigmoid(value)).toBeCloseTo(expected[index]!, 6)
  })
})
