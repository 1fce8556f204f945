export interface Bucket {
  left: number
  right: number
  count: number
}

/** Half the width given to a bucket that has none (all values equal), relative to the value, and for the value 0. */
const RELATIVE_HALF_WIDTH = 1e-3
const HALF_WIDTH_AT_0 = 1e-6

/**
 * The buckets as increasing edges and counts. Buckets without width give their count to a neighbour that reaches their value; when there
 * is none, they get a small width. Gaps become empty buckets. None at all: one empty bucket. Text: why they cannot be told this way.
 */
export function bucketsToEdges(buckets: readonly Bucket[]): { edges: number[]; counts: number[] } | string {
  for (const { left, right, count } of buckets) {
    if (!Number.isFinite(left) || !Number.isFinite(right)) return `a histogram bucket from ${left} to ${right}`
    if (!Number.isSafeInteger(count) || count < 0) return `a histogram bucket that counts ${count}`
    if (right < left) return `a histogram bucket from ${left} down to ${right}`
  }
  const edges: number[] = []
  const counts: number[] = []
  /** Counts of values without a bucket of any width yet. */
  let waiting = 0
  let point = Number.NaN
  for (const { left, right, count } of buckets) {
    const end = edges.at(-1)
    if (end !== undefined && left < end) return `histogram buckets that overlap at ${left}`
    if (left === right) {
      if (end === left) counts[counts.length - 1]! += count
      else if (waiting === 0 || point === left) {
        waiting += count
        point = left
      } else if (count > 0) return `histogram buckets without width at ${point} and ${left}`
      continue
    }
    if (waiting > 0 && point !== left) return `a histogram bucket without width at ${point}`
    if (end === undefined) edges.push(left)
    else if (left > end) {
      edges.push(left)
      counts.push(0)
    }
    edges.push(right)
    counts.push(count + waiting)
    waiting = 0
  }
  if (edges.length === 0 || waiting > 0) {
    if (edges.length > 0) return `a histogram bucket without width at ${point}`
    if (waiting === 0) return { edges: [0, 1], counts: [0] }
    const half = Math.abs(point) * RELATIVE_HALF_WIDTH || HALF_WIDTH_AT_0
    const [low, high] = [point - half, point + half]
    return low < high && Number.isFinite(low) && Number.isFinite(high)
      ? { edges: [low, high], counts: [waiting] }
      : `a histogram bucket without width at ${point}`
  }
  return { edges, counts }
}
