/** A symmetric matrix as `Q T Qᵀ`: `diagonal` and `offDiagonal` of the tridiagonal T, and Qᵀ row by row. */
export interface Tridiagonal {
  diagonal: Float64Array
  /** Entry `i` joins `i` and `i + 1`; the last is 0. */
  offDiagonal: Float64Array
  transposedQ: Float64Array
}

/**
 * Householder reduction of a symmetric `n × n` matrix (row-major; only its lower triangle is read, and overwritten).
 * 4/3 n³ multiplications each for T and for Q, all along rows.
 */
export function tridiagonalise(matrix: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n)
  const offDiagonal = new Float64Array(n)
  // Reflection k is I − β v vᵀ, v from k + 1 on.
  const reflections = new Float64Array(n * n)
  const betas = new Float64Array(n)
  const w = new Float64Array(n)
  for (let k = 0; k < n - 1; k++) {
    const v = reflections.subarray(k * n, (k + 1) * n)
    diagonal[k] = matrix[k * n + k]!
    const { beta, reflected } = reflection(matrix, n, k, v)
    betas[k] = beta
    offDiagonal[k] = reflected
    if (beta !== 0) applyToBothSides(matrix, n, k + 1, v, beta, w)
  }
  if (n > 0) diagonal[n - 1] = matrix[n * n - 1]!
  return { diagonal, offDiagonal, transposedQ: accumulate(reflections, betas, n) }
}

/** The reflection that turns column `k` below the diagonal into `(reflected, 0, …, 0)`. β is 0 where there is nothing to do. */
function reflection(matrix: Float64Array, n: number, k: number, v: Float64Array): { beta: number; reflected: number } {
  const first = matrix[(k + 1) * n + k]!
  let largest = 0
  for (let i = k + 2; i < n; i++) largest = Math.max(largest, Math.abs(matrix[i * n + k]!))
  if (largest === 0) return { beta: 0, reflected: first }
  // Scaled, so that squares neither overflow nor vanish.
  const scale = Math.max(largest, Math.abs(first))
  let squares = 0
  for (let i = k + 1; i < n; i++) {
    v[i] = matrix[i * n + k]! / scale
    squares += v[i]! * v[i]!
  }
  const length = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares)
  const head = v[k + 1]! - length
  v[k + 1] = head
  // vᵀv = 2 · (length² − length · first / scale) = −2 · length · head
  return { beta: -1 / (length * head), reflected: length * scale }
}

/** `A ← H A H` on the lower triangle from `from` on, with `H = I − β v vᵀ`: `A − v wᵀ − w vᵀ`. */
function applyToBothSides(matrix: Float64Array, n: number, from: number, v: Float64Array, beta: number, w: Float64Array): void {
  w.fill(0, from)
  for (let i = from; i < n; i++) {
    const row = i * n
    const vi = v[i]!
    let sum = matrix[row + i]! * vi
    for (let j = from; j < i; j++) {
      const entry = matrix[row + j]!
      sum += entry * v[j]!
      w[j]! += entry * vi
    }
    w[i]! += sum
  }
  let product = 0
  for (let i = from; i < n; i++) {
    w[i]! *= beta
    product += w[i]! * v[i]!
  }
  const half = (beta * product) / 2
  for (let i = from; i < n; i++) w[i]! -= half * v[i]!
  for (let i = from; i < n; i++) {
    const row = i * n
    const vi = v[i]!
    const wi = w[i]!
    for (let j = from; j <= i; j++) matrix[row + j]! -= vi * w[j]! + wi * v[j]!
  }
}

/** Qᵀ, the product of all reflections, last first: what is left of reflection `k` is still the identity before `k + 1`. */
function accumulate(reflections: Float64Array, betas: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n)
  for (let i = 0; i < n; i++) result[i * n + i] = 1
  for (let k = n - 2; k >= 0; k--) {
    const beta = betas[k]!
    if (beta === 0) continue
    const v = reflections.subarray(k * n, (k + 1) * n)
    for (let i = k + 1; i < n; i++) {
      const row = i * n
      let sum = 0
      for (let j = k + 1; j < n; j++) sum += result[row + j]! * v[j]!
      sum *= beta
      for (let j = k + 1; j < n; j++) result[row + j]! -= sum * v[j]!
    }
  }
  return result
}
