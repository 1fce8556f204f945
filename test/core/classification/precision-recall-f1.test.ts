import { describe, expect, it } from 'vitest'
import { confusionMatrix, NO_PREDICTION } from '../../../core/classification/confusion-matrix.ts'
import { precisionRecallF1 } from '../../../core/classification/precision-recall-f1.ts'
import { sklearn } from './sklearn-values.ts'

const NEAR = 12

describe('precision, recall and F1', () => {
  it.each(sklearn.classification)('are those of scikit-learn: $name', ({ labels, predictions, classes, perClass, ...averages }) => {
    const scores = precisionRecallF1(confusionMatrix(labels, predictions, classes))
    for (const average of ['macro', 'micro', 'weighted'] as const)
      for (const key of ['precision', 'recall', 'f1'] as const)
        expect(scores[average][key], `${average} ${key}`).toBeCloseTo(averages[average][key], NEAR)
    scores.perClass.forEach((one, index) => {
      expect(one.support).toBe(perClass.support[index])
      for (const key of ['precision', 'recall', 'f1'] as const) {
        const expected = perClass[key][index]
        if (expected === null || expected === undefined) expect(one[key], `${key} of ${index}`).toBeNull()
        else expect(one[key], `${key} of ${index}`).toBeCloseTo(expected, NEAR)
      }
    })
  })

  it('say why a score is not defined', () => {
    const { perClass, macroClasses } = precisionRecallF1(confusionMatrix([0, 0, 2], [0, 1, 1], 4))
    expect(perClass.map(({ undefinedBecause }) => undefinedBecause)).toEqual([
      null,
      'no examples',
      'never predicted',
      'no examples and never predicted',
    ])
    expect(perClass[1]).toMatchObject({ precision: 0, recall: null, f1: 0, support: 0, predicted: 2 })
    expect(perClass[2]).toMatchObject({ precision: null, recall: 0, f1: 0, support: 1, predicted: 0 })
    expect(perClass[3]).toMatchObject({ precision: null, recall: null, f1: null })
    expect(macroClasses).toBe(3)
  })

  it('count an example without a prediction as missed and as no false alarm', () => {
    const { perClass, micro } = precisionRecallF1(confusionMatrix([0, 0, 1], [0, NO_PREDICTION, 1], 2))
    expect(perClass[0]).toMatchObject({ precision: 1, recall: 0.5, f1: 2 / 3, support: 2, predicted: 1 })
    expect(micro).toEqual({ precision: 1, recall: 2 / 3, f1: 0.8 })
  })

  it('are not defined without examples', () => {
    const { macro, micro, weighted } = precisionRecallF1(confusionMatrix([], [], 3))
    for (const average of [macro, micro, weighted]) expect(average).toEqual({ precision: null, recall: null, f1: null })
  })
})
