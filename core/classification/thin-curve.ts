interface Points {
  precision: readonly number[]
  recall: readonly number[]
}

/**
 * Positions of at most `most` points that draw the same picture: recall is cut into equal slices, and of each the first, the last, the
 * lowest and the highest precision stay. Short curves stay whole.
 *
 * @param most at least 4
 */
export function thinCurve({ precision, recall }: Points, most: number): number[] {
  const n = precision.length
  if (n <= most) return precision.map((_, index) => index)
  const slices = Math.floor(most / 4)
  const sliceOf = (index: number) => Math.min(slices - 1, Math.floor((recall[index] as number) * slices))
  const kept: number[] = []
  for (let from = 0; from < n; ) {
    let lowest = from
    let highest = from
    let to = from
    for (; to < n && sliceOf(to) === sliceOf(from); to++) {
      if ((precision[to] as number) < (precision[lowest] as number)) lowest = to
      if ((precision[to] as number) > (precision[highest] as number)) highest = to
    }
    kept.push(...[...new Set([from, lowest, highest, to - 1])].sort((a, b) => a - b))
    from = to
  }
  return kept
}
