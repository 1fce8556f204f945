import { type Examples, exampleSize, unitOf } from '../data/examples.ts'

export interface Covariance {
  mean: Float64Array
  /** `size × size`, row-major, lower triangle filled; divided by n. */
  matrix: Float64Array
}

/** Mean and covariance over all examples in double precision. */
export function covariance(examples: Examples): Covariance {
  const size = exampleSize(examples.shape)
  const { inputs, n } = examples
  const mean = new Float64Array(size)
  for (let row = 0; row < n; row++) for (let i = 0; i < size; i++) mean[i]! += inputs[row * size + i]!
  for (let i = 0; i < size; i++) mean[i]! /= n
  const matrix = new Float64Array(size * size)
  if (inputs instanceof Uint8Array) addProductsOfBytes(matrix, inputs, n, size)
  else addCentredProducts(matrix, inputs, mean, n, size)
  const unit = unitOf(inputs)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      // Sums of products of bytes are whole numbers below 2^53, so nothing is lost by taking the mean off afterwards.
      const centre = inputs instanceof Uint8Array ? mean[i]! * mean[j]! : 0
      matrix[i * size + j] = (matrix[i * size + j]! / n - centre) * unit * unit
    }
  for (let i = 0; i < size; i++) mean[i]! *= unit
  return { mean, matrix }
}

/** Σ x xᵀ over the bytes that are not 0 only: pictures of digits are mostly background. */
function addProductsOfBytes(matrix: Float64Array, inputs: Uint8Array, n: number, size: number): void {
  const places = new Int32Array(size)
  const values = new Float64Array(size)
  for (let row = 0; row < n; row++) {
    let count = 0
    for (let i = 0; i < size; i++) {
      const value = inputs[row * size + i]!
      if (value === 0) continue
      places[count] = i
      values[count++] = value
    }
    for (let a = 0; a < count; a++) {
      const line = places[a]! * size
      const value = values[a]!
      for (let b = 0; b <= a; b++) matrix[line + places[b]!]! += value * values[b]!
    }
  }
}

function addCentredProducts(matrix: Float64Array, inputs: Float32Array, mean: Float64Array, n: number, size: number): void {
  const centred = new Float64Array(size)
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < size; i++) centred[i] = inputs[row * size + i]! - mean[i]!
    for (let i = 0; i < size; i++) {
      const value = centred[i]!
      if (value === 0) continue
      const line = i * size
      for (let j = 0; j <= i; j++) matrix[line + j]! += value * centred[j]!
    }
  }
}
