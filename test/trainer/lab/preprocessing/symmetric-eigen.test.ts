import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DIGIT_PIXELS, DIGIT_SIZE, loadMnist } from '../../../../trainer/lab/data/mnist-files.ts'
import { covariance } from '../../../../trainer/lab/preprocessing/covariance.ts'
import { addRowProducts } from '../../../../trainer/lab/preprocessing/row-products.ts'
import { symmetricEigen } from '../../../../trainer/lab/preprocessing/symmetric-eigen.ts'

const symmetric = fc
  .integer({ min: 1, max: 14 })
  .chain((n) =>
    fc.record({
      n: fc.constant(n),
      entries: fc.array(fc.oneof(fc.double({ min: -10, max: 10, noNaN: true }), fc.constantFrom(0, 1, 1e-9, 1e6)), {
        minLength: n * n,
        maxLength: n * n,
      }),
    }),
  )
  .map(({ n, entries }) => {
    const matrix = new Float64Array(n * n)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) matrix[i * n + j] = entries[Math.max(i, j) * n + Math.min(i, j)]!
    return { n, matrix }
  })

const largest = (values: ArrayLike<number>) => Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0)

describe('eigenvectors of a symmetric matrix', () => {
  it('are orthonormal and build the matrix again', () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, n)
        const tolerance = 1e-13 * n * Math.max(1, largest(matrix))
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            let dot = 0
            let entry = 0
            for (let k = 0; k < n; k++) {
              dot += vectors[i * n + k]! * vectors[j * n + k]!
              entry += values[k]! * vectors[k * n + i]! * vectors[k * n + j]!
            }
            expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-13 * n)
            expect(Math.abs(entry - matrix[i * n + j]!)).toBeLessThan(tolerance)
          }
        expect([...values].sort((a, b) => b - a)).toEqual([...values])
      }),
      { numRuns: 200 },
    )
  })

  it('are orthonormal where all entries are near the smallest or the largest doubles', () => {
    for (const size of [5e-324, 1e-300, 1e300]) {
      const { values, vectors } = symmetricEigen(Float64Array.of(-4 * size, 12 * size, 12 * size, 0), 2)
      for (const [i, j] of [
        [0, 0],
        [0, 1],
        [1, 1],
      ] as const)
        expect(vectors[2 * i]! * vectors[2 * j]! + vectors[2 * i + 1]! * vectors[2 * j + 1]!).toBeCloseTo(i === j ? 1 : 0, 13)
      expect(values[0]! / size).toBeCloseTo(10.165525060596439, size === 5e-324 ? 0 : 12)
    }
  })

  it('are those of numpy.linalg.eigh (numpy 2.4.6)', () => {
    // The mean of A and Aᵀ, A[i, j] = sin(3 i j + i + j) + i on the diagonal.
    const n = 12
    const matrix = Float64Array.from({ length: n * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n]
      return Math.sin(3 * i * j + i + j) + (i === j ? i : 0)
    })
    const { values, vectors } = symmetricEigen(matrix, n)
    const expected = [
      12.751015478377521, 11.00198621503528, 9.66222163972477, 8.84645711728021, 7.226580530890059, 5.987069040984686, 4.6381629827963735,
      3.6709423134714663, 3.141544455116474, 0.355322028303451, -0.05506717091799149, -1.368915318825391,
    ]
    values.forEach((value, i) => void expect(value).toBeCloseTo(expected[i]!, 12))
    const first = [
      -0.05884438940979904, 0.04504204441296644, -0.034969663933245104, -0.036809846237449706, 0.06058768977003389, -0.12698348298989556,
      0.11639895331384711, -0.1239219450479066, 0.021618607056074716, 0.15513996820918158, -0.2385557145427819, 0.9283237954213616,
    ]
    vectors.subarray(0, n).forEach((value, i) => void expect(value).toBeCloseTo(first[i]!, 12))
  })

  it('reach from 1.7 to 1e-10 in one matrix: Hilbert, 8 × 8, as numpy.linalg.eigh has it', () => {
    const matrix = Float64Array.from({ length: 64 }, (_, at) => 1 / (Math.floor(at / 8) + (at % 8) + 1))
    const { values } = symmetricEigen(matrix, 8)
    const expected = [
      1.6959389969219494, 0.2981252113169308, 0.026212843578118917, 0.0014676881177417614, 5.436943369748832e-5, 1.2943320918799858e-6,
      1.7988737458080747e-8, 1.111539028751437e-10,
    ]
    values.forEach((value, i) => void expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-15))
  })

  it('are found where most are zero up to rounding: the covariance of 50 digits in 196 pixels, many of them never written on', () => {
    const [side, n] = [14, 50]
    const { pixels } = loadMnist().train
    const inputs = Uint8Array.from({ length: n * side * side }, (_, at) => {
      const [digit, pixel] = [Math.floor(at / (side * side)), at % (side * side)]
      return pixels[digit * DIGIT_PIXELS + 2 * Math.floor(pixel / side) * DIGIT_SIZE + 2 * (pixel % side)]!
    })
    const { matrix } = covariance({ shape: [side, side, 1], inputs, labels: new Int32Array(n), n })
    const size = side * side
    const { values, vectors } = symmetricEigen(matrix, size)
    expect(values[n - 2]).toBeGreaterThan(1e-4)
    expect(largest(values.subarray(n - 1))).toBeLessThan(1e-14)
    let worst = 0
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) {
        let entry = 0
        for (let k = 0; k < n; k++) entry += values[k]! * vectors[k * size + i]! * vectors[k * size + j]!
        worst = Math.max(worst, Math.abs(entry - matrix[i * size + j]!))
      }
    expect(worst).toBeLessThan(1e-14)
  })

  it('are found for zeros, equal eigenvalues, very large and very small entries', () => {
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0])
    expect([...symmetricEigen(Float64Array.of(2, 0, 0, 2), 2).values]).toEqual([2, 2])
    for (const scale of [1e-150, 1e150]) {
      const { values } = symmetricEigen(
        Float64Array.of(2, 1, 0, 1, 2, 1, 0, 1, 2).map((entry) => entry * scale),
        3,
      )
      const expected = [2 + Math.SQRT2, 2, 2 - Math.SQRT2]
      values.forEach((value, i) => void expect(value / scale).toBeCloseTo(expected[i]!, 13))
    }
  })
})

describe('products of rows', () => {
  const rows = (count: number, length: number, seed: number) => ({
    count,
    length,
    values: Float64Array.from({ length: count * length }, (_, i) => Math.sin(i * 1.7 + seed)),
  })

  it('are sums of products, whatever the numbers of rows', () => {
    for (const [first, second, length] of [
      [1, 1, 1],
      [2, 4, 3],
      [3, 5, 7],
      [4, 9, 8],
      [7, 6, 5],
    ] as const) {
      const [a, b] = [rows(first, length, 0), rows(second, length, 1)]
      const out = new Float64Array(first * second).fill(100)
      addRowProducts(a, b, out)
      out.forEach((value, at) => {
        const [i, j] = [Math.floor(at / second), at % second]
        const expected = Array.from({ length }, (_, k) => a.values[i * length + k]! * b.values[j * length + k]!).reduce((sum, part) => sum + part, 0)
        expect(value).toBeCloseTo(100 + expected, 12)
      })
    }
  })

  it('fill the lower triangle completely', () => {
    for (const count of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) {
      const a = rows(count, 6, 2)
      const [whole, lower] = [new Float64Array(count * count), new Float64Array(count * count)]
      addRowProducts(a, a, whole)
      addRowProducts(a, a, lower, true)
      for (let i = 0; i < count; i++) for (let j = 0; j <= i; j++) expect(lower[i * count + j]).toBeCloseTo(whole[i * count + j]!, 12)
    }
  })
})
