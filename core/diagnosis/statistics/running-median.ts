/** Median of each value with one neighbour on either side; at the ends of the two or three nearest values. One outlier leaves no trace. */
export function medianOfThree(values: ArrayLike<number>): Float64Array {
  const n = values.length
  const result = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const at = Math.min(Math.max(i, 1), n - 2)
    result[i] = n < 3 ? values[i]! : middle(values[at - 1]!, values[at]!, values[at + 1]!)
  }
  return result
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
