/** Mid-ranks from 1 (ties share the mean of their places), doubled so that they are whole numbers. */
export function doubledRanks(values: readonly number[]): { ranks: number[]; tieSizes: number[] } {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!)
  const ranks = new Array<number>(values.length).fill(0)
  const tieSizes: number[] = []
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let at = from; at < to; at++) ranks[order[at]!] = from + to + 1
    tieSizes.push(to - from)
    from = to
  }
  return { ranks, tieSizes }
}
