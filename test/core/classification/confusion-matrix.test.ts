import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addToConfusionMatrix, confusionMatrix, emptyConfusionMatrix, NO_PREDICTION } from '../../../core/classification/confusion-matrix.ts'
import { accuracy, predictedCounts } from '../../../core/classification/precision-recall-f1.ts'
import { sklearn } from './sklearn-values.ts'

describe('the confusion matrix', () => {
  it.each(sklearn.classification)('counts as scikit-learn does: $name', ({ labels, predictions, classes, matrix, accuracy: share }) => {
    const counted = confusionMatrix(labels, predictions, classes)
    expect(counted.counts).toEqual(matrix)
    expect(accuracy(counted)).toBe(share)
  })

  it('holds every example once, whether it comes at once or in batches, and keeps those without a prediction apart', () => {
    const example = fc.tuple(fc.nat(3), fc.integer({ min: NO_PREDICTION, max: 3 }))
    fc.assert(
      fc.property(fc.array(example, { maxLength: 50 }), fc.nat(50), (examples, cut) => {
        const labels = examples.map(([label]) => label)
        const predictions = examples.map(([, prediction]) => prediction)
        const whole = confusionMatrix(labels, predictions, 4)
        const parts = emptyConfusionMatrix(4)
        addToConfusionMatrix(parts, labels.slice(0, cut), predictions.slice(0, cut))
        addToConfusionMatrix(parts, Int32Array.from(labels.slice(cut)), Int32Array.from(predictions.slice(cut)))
        expect(parts).toEqual(whole)
        const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
        expect(sum(whole.counts.flat()) + sum(whole.unplaced)).toBe(examples.length)
        expect(sum(whole.unplaced)).toBe(predictions.filter((one) => one === NO_PREDICTION).length)
        expect(sum(predictedCounts(whole))).toBe(examples.length - sum(whole.unplaced))
      }),
    )
  })

  it('counts an example without a prediction as wrong', () => {
    expect(accuracy(confusionMatrix([0, 1, 1], [0, 1, NO_PREDICTION], 2))).toBe(2 / 3)
    expect(accuracy(confusionMatrix([], [], 2))).toBeNull()
  })

  it('refuses what is no class, naming it', () => {
    expect(() => confusionMatrix([0, 2], [0, 0], 2)).toThrow('labels[1] must be a class from 0 to 1, got 2')
    expect(() => confusionMatrix([0, -1], [0, 0], 2)).toThrow('labels[1] must be a class from 0 to 1, got -1')
    expect(() => confusionMatrix([0, 1], [0.5, 0], 2)).toThrow('predictions[0] must be a class from 0 to 1, got 0.5')
    expect(() => confusionMatrix([0, 1], [0, Number.NaN], 2)).toThrow('predictions[1]')
    expect(() => confusionMatrix([0, 1], [0], 2)).toThrow('2 labels need as many predictions, got 1')
    expect(() => confusionMatrix([], [], 0)).toThrow('1 or more, got 0')
  })
})
