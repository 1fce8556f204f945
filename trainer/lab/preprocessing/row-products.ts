/** Rows of equal length, one after the other. */
export interface Rows {
  values: Float64Array
  count: number
  length: number
}

/**
 * Adds the product of every row of `a` with every row of `b` to `out` (`a.count × b.count`, row-major): A · Bᵀ. With `lower`, only where
 * the row of `b` does not come after that of `a`. Two by four at a time: as many sums as fit into registers.
 */
export function addRowProducts(a: Rows, b: Rows, out: Float64Array, lower = false): void {
  for (let i = 0; i < a.count; i++) {
    const pair = i % 2 === 0 && i + 1 < a.count
    const tiled = tiledEnd(lower ? i - (i % 2) + 1 : b.count)
    if (pair) for (let j = 0; j < tiled; j += 4) addTile(a, i, b, j, out)
    const alone = i % 2 === 0 && !pair
    for (let j = alone ? 0 : tiled; j < (lower ? i + 1 : b.count); j++) out[i * b.count + j]! += product(a, i, b, j)
  }
}

/** Columns that full tiles cover. */
function tiledEnd(columns: number): number {
  return columns - (columns % 4)
}

function product(a: Rows, i: number, b: Rows, j: number): number {
  const { length, values: x } = a
  const y = b.values
  let sum = 0
  for (let k = 0; k < length; k++) sum += x[i * length + k]! * y[j * length + k]!
  return sum
}

function addTile(a: Rows, i: number, b: Rows, j: number, out: Float64Array): void {
  const { length, values: x } = a
  const y = b.values
  const a0 = i * length
  const a1 = a0 + length
  const b0 = j * length
  const b1 = b0 + length
  const b2 = b1 + length
  const b3 = b2 + length
  let s00 = 0
  let s01 = 0
  let s02 = 0
  let s03 = 0
  let s10 = 0
  let s11 = 0
  let s12 = 0
  let s13 = 0
  for (let k = 0; k < length; k++) {
    const y0 = y[b0 + k]!
    const y1 = y[b1 + k]!
    const y2 = y[b2 + k]!
    const y3 = y[b3 + k]!
    const x0 = x[a0 + k]!
    const x1 = x[a1 + k]!
    s00 += x0 * y0
    s01 += x0 * y1
    s02 += x0 * y2
    s03 += x0 * y3
    s10 += x1 * y0
    s11 += x1 * y1
    s12 += x1 * y2
    s13 += x1 * y3
  }
  addFour(out, i * b.count + j, s00, s01, s02, s03)
  addFour(out, (i + 1) * b.count + j, s10, s11, s12, s13)
}

function addFour(out: Float64Array, at: number, first: number, second: number, third: number, fourth: number): void {
  out[at]! += first
  out[at + 1]! += second
  out[at + 2]! += third
  out[at + 3]! += fourth
}
