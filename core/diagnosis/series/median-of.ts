/** Median of the first n of finite numbers; puts them in another order. By selection: medians are taken all the time, and sorting costs ten times as much. */
export function medianOf(values: Float64Array, n = values.length): number {
  const half = n >> 1
  const upper = select(values, n, half)
  if (n % 2 === 1) return upper
  let lower = Number.NEGATIVE_INFINITY
  for (let i = 0; i < half; i++) if (values[i]! > lower) lower = values[i]!
  return (lower + upper) / 2
}

/** Moves values until the k-th smallest is at k with none greater before it (Hoare's selection); returns it. */
function select(values: Float64Array, n: number, k: number): number {
  let low = 0
  let high = n - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let i = low
    let j = high
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) {
        const swapped = values[i]!
        values[i++] = values[j]!
        values[j--] = swapped
      }
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k]!
}
