import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CheckpointValue, ConfusionMatrixValue, PrCurveValue } from '../../core/kinds/values.ts'
import { checkpoint, confusionMatrix, facts, finding, init, prCurve, type RecordValue } from '../../trainer/index.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { withStore } from './fixtures/stored-run.ts'

const payload = <Value>(record: RecordValue) => record.payload as unknown as Value
const { NaN: nan, POSITIVE_INFINITY: inf } = Number

describe('confusionMatrix', () => {
  it('counts labels against predictions and names classes by their numbers when nothing else is said', () => {
    expect(payload<ConfusionMatrixValue>(confusionMatrix({ labels: [0, 1, 2, 2], predictions: Int32Array.of(0, 1, 1, -1) }))).toEqual({
      split: null,
      classes: ['0', '1', '2'],
      counts: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 1, 0],
      ],
      unplaced: [0, 0, 1],
    })
  })

  it('takes ready counts and keeps no hold of them', () => {
    const counts = [
      [5, 1],
      [0, 3],
    ]
    const matrix = confusionMatrix({ counts, classes: ['cat', 'dog'], split: 'test' })
    counts[0]![0] = 99
    expect(payload(matrix)).toMatchObject({
      split: 'test',
      classes: ['cat', 'dog'],
      counts: [
        [5, 1],
        [0, 3],
      ],
    })
  })

  it('refuses what does not fit', () => {
    expect(() => confusionMatrix({ labels: [0, 2], predictions: [0, 0], classes: ['a', 'b'] })).toThrow('labels[1] must be a class from 0 to 1')
    expect(() => confusionMatrix({ labels: [0] })).toThrow('needs labels and predictions, or counts')
    expect(() => confusionMatrix({ counts: [[1]], labels: [0], predictions: [0] })).toThrow('not both')
    expect(() => confusionMatrix({ counts: [[1, 2]] })).toThrow('1 classes need 1 × 1 counts')
    expect(() => confusionMatrix({ labels: [1e9], predictions: [0] })).toThrow('labels[0] must be a class')
    expect(() => confusionMatrix({ lables: [0] } as never)).toThrow('did you mean "labels"')
  })
})

describe('prCurve', () => {
  it('draws one curve for two classes and one per class for several', () => {
    const one = payload<PrCurveValue>(prCurve({ labels: [true, false, 1, 0], scores: [0.9, 0.8, 0.7, 0.1] }))
    expect(one.curves).toEqual([
      {
        class: 'positive',
        precision: [1, 0.5, 2 / 3, 0.5],
        recall: [0.5, 0.5, 1, 1],
        threshold: [0.9, 0.8, 0.7, 0.1],
        averagePrecision: 0.5 + 0.5 * (2 / 3),
        positives: 2,
        points: 4,
      },
    ])
    const three = payload<PrCurveValue>(prCurve({ labels: [0, 1], scores: [0.8, 0.1, 0.1, 0.3, 0.4, 0.3], classes: ['a', 'b', 'c'] }))
    expect(three.curves.map(({ class: name, averagePrecision, positives }) => [name, averagePrecision, positives])).toEqual([
      ['a', 1, 1],
      ['b', 1, 1],
      ['c', null, 0],
    ])
  })

  it('leaves out rows with a NaN, keeps infinities by name, and says so', () => {
    expect(payload(prCurve({ labels: [1, 0, 1], scores: [inf, nan, 0.5], split: 'test' }))).toMatchObject({
      split: 'test',
      examples: 2,
      nanScores: 1,
      thinned: false,
      curves: [{ threshold: ['Infinity', 0.5], averagePrecision: 1 }],
    })
  })

  it('thins long curves, says how many points there were, and averages over all of them', () => {
    const n = 5000
    const labels = Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0))
    const scores = Array.from({ length: n }, (_, i) => Math.sin(i) + (labels[i] as number))
    const whole = payload<PrCurveValue>(prCurve({ labels, scores, maxPoints: n }))
    const thin = payload<PrCurveValue>(prCurve({ labels, scores }))
    expect([whole.thinned, thin.thinned]).toEqual([false, true])
    expect(thin.curves[0]?.precision.length).toBeLessThanOrEqual(200)
    expect(thin.curves[0]?.points).toBe(whole.curves[0]?.precision.length)
    expect(thin.curves[0]?.averagePrecision).toBe(whole.curves[0]?.averagePrecision)
  })

  it('refuses what does not fit', () => {
    expect(() => prCurve({ labels: [2], scores: [0.5] })).toThrow('labels[0] must be a whole number from 0 to 1, got 2')
    expect(() => prCurve({ labels: [0, 1], scores: [0.5] })).toThrow('2 labels of 1 classes need as many rows of scores')
    expect(() => prCurve({ labels: [0], scores: [0.5, 0.5, 0.1], classes: ['a', 'b'] })).toThrow('no rows of 2 classes')
    expect(() => prCurve({ labels: [0], scores: [0.5], maxPoints: 3 })).toThrow('maxPoints must be a whole number, 4 or more')
  })
})

describe('checkpoint, finding and facts', () => {
  it('come back from the store as they were, the bytes of a checkpoint beside it', async () => {
    await using folder = tempFolder()
    const run = init({ dir: folder.path, quiet: true, captureConsole: false, systemMetrics: false, saveGit: false })
    const bytes = Uint8Array.of(1, 2, 3)
    run.log(
      { checkpoint: checkpoint(bytes, { step: 7, format: 'weights', epoch: 0.5, reason: ['best', 'last'], metrics: { 'val/loss': nan, a: 1 } }) },
      7,
    )
    bytes.fill(0)
    run.log({ 'finding/odd': finding({ code: 'odd', severity: 'warning', title: 'odd', evidence: { at: inf, from: new Date(0) } }) }, 7)
    run.log({ data: facts({ name: 'digits', counts: Int32Array.of(1, 2), missing: undefined }) }, 0)
    await run.finish()
    await withStore(folder.path, async (store) => {
      const [kept] = await store.records({ runId: run.id, name: 'checkpoint' })
      const hash = createHash('sha256')
        .update(Uint8Array.of(1, 2, 3))
        .digest('hex')
      expect(kept?.payload).toEqual({
        format: 'weights',
        step: 7,
        epoch: 0.5,
        bytes: 3,
        hash,
        reason: ['best', 'last'],
        metrics: { 'val/loss': 'NaN', a: 1 },
        pruned: false,
      } satisfies CheckpointValue)
      expect(kept?.blobHash).toBe(hash)
      expect([...((await store.blob(hash))?.bytes ?? [])]).toEqual([1, 2, 3])
      const [odd] = await store.records({ runId: run.id, name: 'finding/odd' })
      expect(odd?.payload).toEqual({
        code: 'odd',
        severity: 'warning',
        title: 'odd',
        detail: '',
        evidence: { at: 'Infinity', from: '1970-01-01T00:00:00.000Z' },
      })
      const [data] = await store.records({ runId: run.id, name: 'data' })
      expect(data?.payload).toEqual({ data: { name: 'digits', counts: [1, 2] } })
    })
  })

  it('refuse what they cannot keep', () => {
    expect(() => checkpoint([1, 2] as never, { step: 0 })).toThrow('expected a Uint8Array, got an array of 2')
    expect(() => checkpoint(new Uint8Array(), { step: -1 })).toThrow('step must be a count')
    expect(() => checkpoint(new Uint8Array(), { step: 0, reason: ['worst' as never] })).toThrow('reason[0] must be one of')
    expect(() => checkpoint(new Uint8Array(), { step: 0, metrics: { loss: 'low' as never } })).toThrow(
      'metrics["loss"] must be a number, got the string',
    )
    expect(() => finding({ code: 'Odd', severity: 'info', title: 'odd' })).toThrow('lower-case words joined with hyphens')
    expect(() => finding({ code: 'odd', severity: 'info', title: 'two\nlines' })).toThrow('one line')
    expect(() => finding({ code: 'odd', severity: 'info', title: 'odd', evidence: { n: 5n } })).toThrow('evidence.n is the bigint 5n')
    expect(() => facts('digits' as never)).toThrow('facts must be a plain object')
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(() => facts(loop)).toThrow('facts.self contains itself')
  })
})
