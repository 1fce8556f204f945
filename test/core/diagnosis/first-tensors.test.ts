import { describe, expect, it } from 'vitest'
import { Diagnosis } from '../../../core/diagnosis/diagnosis.ts'
import { factsOfRecord } from '../../../core/diagnosis/facts/facts-of-record.ts'
import { nameLayers } from '../../../core/diagnosis/layers-in-order.ts'
import type { ModelValue } from '../../../core/kinds/values.ts'
import { curve, falling, resultOf } from './curves.ts'

const layer = (name: string, units: number): ModelValue['layers'][number] => ({
  name,
  type: 'Dense',
  outputShape: [null, units],
  parameters: 1,
  trainable: true,
  weights: [{ name: 'kernel', shape: [4, units] }],
})
const model: ModelValue = { layers: [layer('z-first', 8), layer('a-second', 3)], parameters: 2, trainableParameters: 2 }

function withNaN(logged: Record<string, number>): Diagnosis {
  const diagnosis = new Diagnosis()
  diagnosis.addRecord('model', 'model', 0, model)
  const loss = curve(100, falling(2, 1))
  loss.value.fill(Number.NaN, 60)
  diagnosis.add('train/loss', loss.step, loss.value)
  for (const [name, count] of Object.entries(logged)) diagnosis.add(name, [60], [count])
  return diagnosis
}

describe('the first tensors that were not finite', () => {
  it('are named from the input on, and told from a loss that broke by itself', () => {
    const weights = withNaN({ 'non-finite-weights/a-second': 1, 'non-finite-weights/z-first': 8, 'non-finite-gradients/a-second': 3 })
    expect(resultOf(weights, 'D01')).toMatchObject({
      subjects: ['z-first', 'a-second'],
      says: expect.stringContaining('The first weights that were not finite are those of z-first and a-second.'),
    })
    const gradients = withNaN({ 'non-finite-gradients/a-second': 3 })
    expect(resultOf(gradients, 'D01')).toMatchObject({ says: expect.stringContaining('All weights were still finite then') })
  })
})

describe('facts', () => {
  it('hold the units of a layer, and what trainers log as `training`', () => {
    expect(factsOfRecord('model', 'model', 0, model)?.layers).toMatchObject([
      { name: 'z-first', kernelSize: 32, units: 8 },
      { name: 'a-second', kernelSize: 12, units: 3 },
    ])
    const training = (data: Record<string, unknown>) => factsOfRecord('facts', 'training', 0, { data })
    expect(training({ classes: 3, classCounts: [5, 4, 1], loss: 'softmax-cross-entropy', batchSize: 32, stepsPerEpoch: 'NaN' })).toEqual({
      classes: 3,
      classCounts: [5, 4, 1],
      loss: 'softmax-cross-entropy',
      batchSize: 32,
    })
    expect(training({ outputs: 10, loss: 'categoricalCrossentropy' })).toMatchObject({ classes: 10 })
    expect(training({ outputs: 10, loss: 'meanSquaredError' })?.classes).toBeUndefined()
  })

  it('name a few layers of many in a sentence', () => {
    expect(nameLayers(['a'])).toBe('a')
    expect(nameLayers(['a', 'b', 'c', 'd'])).toBe('a, b, c and d')
    expect(nameLayers(Array.from({ length: 300 }, (_, i) => `l${i}`))).toBe('l0, l1, l2 and 297 more layers')
  })
})
