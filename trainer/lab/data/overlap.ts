import { createHash } from 'node:crypto'
import type { JsonObject } from '../../../core/run.ts'
import { type Examples, exampleSize } from './examples.ts'

/** Rows that occur more than once, exactly: they make a test look better than it is. */
export interface Overlap extends JsonObject {
  /** Training rows that repeat an earlier training row. */
  withinTrain: number
  /** Validation rows that are also in the training split. */
  validationInTrain: number
  testInTrain: number
  testInValidation: number
  /** Rows, in any split, whose inputs occurred before with another label. */
  sameInputsOtherLabel: number
}

/** Counts exact duplicates of inputs, within the training split and across splits. */
export function overlap({ train, validation, test }: { train: Examples; validation: Examples; test: Examples }): Overlap {
  const labelOf = new Map<string, number>()
  const counts = { withinTrain: 0, validationInTrain: 0, testInTrain: 0, testInValidation: 0, sameInputsOtherLabel: 0 }
  const trainKeys = new Set<string>()
  const validationKeys = new Set<string>()
  const visit = (examples: Examples, seen: (key: string) => void) => {
    for (let row = 0; row < examples.n; row++) {
      const key = rowKey(examples, row)
      const label = examples.labels[row]!
      const before = labelOf.get(key)
      if (before === undefined) labelOf.set(key, label)
      else if (before !== label) counts.sameInputsOtherLabel++
      seen(key)
    }
  }
  visit(train, (key) => {
    if (trainKeys.has(key)) counts.withinTrain++
    else trainKeys.add(key)
  })
  visit(validation, (key) => {
    if (trainKeys.has(key)) counts.validationInTrain++
    validationKeys.add(key)
  })
  visit(test, (key) => {
    if (trainKeys.has(key)) counts.testInTrain++
    if (validationKeys.has(key)) counts.testInValidation++
  })
  return counts
}

function rowKey({ inputs, shape }: Examples, row: number): string {
  const size = exampleSize(shape)
  const values = inputs.subarray(row * size, (row + 1) * size)
  // Short rows are their own key.
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return bytes.length <= 32 ? bytes.toString('latin1') : createHash('sha256').update(bytes).digest('base64')
}
