import { type Tridiagonal, tridiagonalise } from './tridiagonalise.ts'

export interface Eigen {
  /** Largest first. */
  values: Float64Array
  /** `n × n`, row-major: row `i` is the unit eigenvector of `values[i]`, its largest entry positive. */
  vectors: Float64Array
}

const MOST_ITERATIONS = 80

/**
 * Eigenvalues and eigenvectors of a symmetric `n × n` matrix (row-major; its lower triangle is read) in double precision:
 * Householder reduction to a tridiagonal matrix, then the implicit QL method with Wilkinson's shift
 * (Golub and Van Loan, Matrix Computations, 8.3). About 3 n³ multiplications: seconds for n = 784.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const scale = scaleOf(matrix)
  const reduced = tridiagonalise(
    matrix.map((entry) => entry * scale),
    n,
  )
  diagonalise(reduced, n)
  for (let i = 0; i < n; i++) reduced.diagonal[i]! /= scale
  return sorted(reduced, n)
}

/**
 * A power of two, so that nothing is rounded: 1 but for entries whose squares would leave the range of doubles, where vectors would come out
 * neither of length 1 nor at right angles.
 */
function scaleOf(matrix: Float64Array): number {
  const largest = matrix.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0)
  if (largest === 0 || (largest > 1e-100 && largest < 1e100)) return 1
  // 2 ** 1074 would be beyond the largest double.
  return 2 ** Math.min(1000, -Math.floor(Math.log2(largest)))
}

/** Rotates the off-diagonal away. Rows of `transposedQ` follow, so that they end as eigenvectors. */
function diagonalise({ diagonal: d, offDiagonal: e, transposedQ: rows }: Tridiagonal, n: number): void {
  let norm = 0
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i]!) + Math.abs(e[i]!))
  // What rounding of the largest entries leaves anyway. A rotation cannot bring an entry below it, however small its neighbours are:
  // matrices that lack rank, such as those of images with a constant border, would never end.
  const nothing = norm * Number.EPSILON
  for (let start = 0; start < n; start++)
    for (let iteration = 0; ; iteration++) {
      let end = start
      while (end < n - 1 && Math.abs(e[end]!) > nothing) end++
      if (end === start) break
      if (iteration === MOST_ITERATIONS) throw new Error(`eigenvalue ${start} of ${n} was not found in ${MOST_ITERATIONS} iterations`)
      implicitStep(d, e, rows, n, start, end)
    }
}

/** One QL sweep with shift over the block from `start` to `end`. */
function implicitStep(d: Float64Array, e: Float64Array, rows: Float64Array, n: number, start: number, end: number): void {
  const half = (d[start + 1]! - d[start]!) / (2 * e[start]!)
  const root = Math.hypot(half, 1)
  const shift = d[start]! - e[start]! / (half + (half < 0 ? -root : root))
  let bulge = d[end]! - shift
  let sine = 1
  let cosine = 1
  let moved = 0
  for (let i = end - 1; i >= start; i--) {
    const f = sine * e[i]!
    const b = cosine * e[i]!
    const length = Math.hypot(f, bulge)
    e[i + 1] = length
    if (length === 0) {
      // The block falls apart here: what was moved so far goes back, and the next sweep starts anew.
      d[i + 1]! -= moved
      e[end] = 0
      return
    }
    sine = f / length
    cosine = bulge / length
    const difference = d[i + 1]! - moved
    const t = (d[i]! - difference) * sine + 2 * cosine * b
    moved = sine * t
    d[i + 1] = difference + moved
    bulge = cosine * t - b
    rotateRows(rows, i * n, (i + 1) * n, n, cosine, sine)
  }
  d[start]! -= moved
  e[start] = bulge
  e[end] = 0
}

function rotateRows(rows: Float64Array, upper: number, lower: number, n: number, cosine: number, sine: number): void {
  for (let k = 0; k < n; k++) {
    const a = rows[upper + k]!
    const b = rows[lower + k]!
    rows[lower + k] = sine * a + cosine * b
    rows[upper + k] = cosine * a - sine * b
  }
}

function sorted({ diagonal, transposedQ }: Tridiagonal, n: number): Eigen {
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => diagonal[b]! - diagonal[a]! || a - b)
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => {
    const row = transposedQ.subarray(from * n, (from + 1) * n)
    let largest = 0
    for (let k = 0; k < n; k++) if (Math.abs(row[k]!) > Math.abs(largest)) largest = row[k]!
    const sign = largest < 0 ? -1 : 1
    for (let k = 0; k < n; k++) vectors[to * n + k] = sign * row[k]!
  })
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors }
}
