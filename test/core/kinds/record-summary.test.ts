import { describe, expect, it } from 'vitest'
import { recordSummary } from '../../../core/kinds/record-summary.ts'
import type { Json } from '../../../core/run.ts'

const of = (kind: string, payload: Json) => recordSummary({ kind, payload })

describe('the one line about a record', () => {
  it('says what it holds', () => {
    const matrix = {
      split: 'test',
      classes: ['a', 'b'],
      counts: [
        [3, 1],
        [0, 4],
      ],
      unplaced: [0, 2],
    }
    expect(of('confusion-matrix', matrix)).toBe('test: 7 of 10 right, 2 classes, 2 without a prediction')
    const curve = { class: 'a', precision: [1], recall: [1], threshold: ['Infinity'], averagePrecision: 0.5, positives: 1, points: 900 }
    expect(of('pr-curve', { split: null, curves: [curve, { ...curve, averagePrecision: 1 }], examples: 9, nanScores: 1, thinned: true })).toBe(
      '2 curves over 9 examples, average precision 0.7500 (mean of 2), 1 left out (NaN), thinned',
    )
    const checkpoint = { format: 'x', step: 10, epoch: 0.5, bytes: 99, hash: 'a'.repeat(64), reason: ['best', 'last'], metrics: {}, pruned: true }
    expect(of('checkpoint', checkpoint)).toBe('step 10, epoch 0.5, 99 bytes (best, last), pruned')
    expect(of('finding', { code: 'odd', severity: 'critical', title: 'The loss is NaN', detail: '', evidence: {} })).toBe('critical: The loss is NaN')
    expect(of('facts', { data: { a: 1, b: 2, c: 3, d: 4 } })).toBe('4 facts: a, b, c, …')
    expect(of('text', { text: 'red \u001b[31malert\nmore', format: 'plain' })).toBe('red  [31malert')
  })

  it('tells models of older versions, with or without FLOPs', () => {
    const layer = { name: 'dense', type: 'Dense', outputShape: [null, 10], parameters: 7850, trainable: true }
    const old = { layers: [layer], parameters: 7850, trainableParameters: 7850 }
    expect(of('model', old)).toBe('1 layer, 7850 parameters')
    expect(of('model', { ...old, flops: null })).toBe('1 layer, 7850 parameters')
    expect(of('model', { ...old, flops: 15_690 })).toBe('1 layer, 7850 parameters, 15690 FLOPs per example')
  })

  it('never throws, whatever another program or version has written', () => {
    expect(of('video', { frames: 3 })).toBe('of a kind this version does not know: video')
    expect(of('image', { width: 'wide' })).toMatch(/^not readable: image: type must be one of/)
    expect(of('finding', null)).toMatch(/^not readable: finding: expected an object, got null/)
  })
})
