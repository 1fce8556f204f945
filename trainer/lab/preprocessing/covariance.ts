import { type Examples, exampleSize, unitOf } from '../data/examples.ts'
import { addRowProducts } from './row-products.ts'

export interface Covariance {
  mean: Float64Array
  /** `size × size`, row-major, lower triangle filled; divided by n. */
  matrix: Float64Array
}

/** Examples taken together: enough to keep the products busy, few enough to stay near the processor. */
const TOGETHER = 256

/** Mean and covariance over all examples, in double precision around the mean. */
export function covariance(examples: Examples): Covariance {
  const size = exampleSize(examples.shape)
  const { inputs, n } = examples
  const unit = unitOf(inputs)
  const mean = new Float64Array(size)
  for (let row = 0; row < n; row++) for (let i = 0; i < size; i++) mean[i]! += inputs[row * size + i]!
  for (let i = 0; i < size; i++) mean[i]! *= unit / n

  const matrix = new Float64Array(size * size)
  // Row i: input i of TOGETHER examples. Beyond the last example it is 0.
  const centred = { values: new Float64Array(size * TOGETHER), count: size, length: TOGETHER }
  for (let from = 0; from < n; from += TOGETHER) {
    const count = Math.min(TOGETHER, n - from)
    if (count < TOGETHER) centred.values.fill(0)
    for (let k = 0; k < count; k++) for (let i = 0; i < size; i++) centred.values[i * TOGETHER + k] = inputs[(from + k) * size + i]! * unit - mean[i]!
    addRowProducts(centred, centred, matrix, true)
  }
  for (let i = 0; i < matrix.length; i++) matrix[i]! /= n
  return { mean, matrix }
}
