/** What is known about a stretch of points without reading them: one span of up to 1,024 points, or four such stretches merged. */
export interface SpanSummary {
  /** Number of the first point, counted from 0 in the order the series was logged. */
  seq: number
  n: number
  /** NaN and ±Infinity among the n points. */
  bad: number
  /** Which of them occur: 1 NaN, 2 +Infinity, 4 −Infinity, added. */
  badKinds: number
  /** Step of the first non-finite point logged; NaN when there is none. */
  badStep: number
  /** Lowest and highest step. */
  firstStep: number
  lastStep: number
  /** Every step is higher than the one logged before it: the stretch is in step order and repeats no step. */
  ordered: boolean
  /** No wall time is lower than the one logged before it. */
  wallOrdered: boolean
  /** Of the first and the last point logged: those of `firstStep` and `lastStep` when `ordered`. */
  firstWall: number
  lastWall: number
  first: number
  last: number
  /** Over finite values; NaN when there is none. `sum` is 0 then. The place is the first at which the extreme was reached. */
  min: number
  max: number
  sum: number
  minStep: number
  minWall: number
  maxStep: number
  maxWall: number
}

/** Columns of points, in the order they were logged. */
export interface Points {
  step: Float64Array
  wall: Float64Array
  value: Float64Array
}

export const NAN_KIND = 1
export const POSITIVE_INFINITY_KIND = 2
export const NEGATIVE_INFINITY_KIND = 4

/** Kind bit of a value that is not finite. */
export function badKind(value: number): number {
  if (Number.isNaN(value)) return NAN_KIND
  return value > 0 ? POSITIVE_INFINITY_KIND : NEGATIVE_INFINITY_KIND
}

/** Summary of points `from` (inclusive) to `to` (exclusive); at least one. */
export function summarise(points: Points, from: number, to: number, seq: number): SpanSummary {
  const { step, wall, value } = points
  let bad = 0
  let badKinds = 0
  let badStep = Number.NaN
  let firstStep = step[from]!
  let lastStep = firstStep
  let ordered = true
  let wallOrdered = true
  let minAt = -1
  let maxAt = -1
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  // One pass over the columns: this loop is a third of the cost of storing a point.
  for (let i = from; i < to; i++) {
    const s = step[i]!
    if (i > from) {
      if (s > lastStep) lastStep = s
      else {
        ordered = false
        if (s < firstStep) firstStep = s
      }
      if (wall[i]! < wall[i - 1]!) wallOrdered = false
    }
    const v = value[i]!
    // v - v is 0 for finite values and NaN for the others.
    if (v - v === 0) {
      sum += v
      if (v < min) {
        min = v
        minAt = i
      }
      if (v > max) {
        max = v
        maxAt = i
      }
    } else {
      if (bad === 0) badStep = s
      bad++
      badKinds |= badKind(v)
    }
  }
  return {
    seq,
    n: to - from,
    bad,
    badKinds,
    badStep,
    firstStep,
    lastStep,
    ordered,
    wallOrdered,
    firstWall: wall[from]!,
    lastWall: wall[to - 1]!,
    first: value[from]!,
    last: value[to - 1]!,
    min: minAt < 0 ? Number.NaN : min,
    max: maxAt < 0 ? Number.NaN : max,
    sum,
    minStep: minAt < 0 ? Number.NaN : step[minAt]!,
    minWall: minAt < 0 ? Number.NaN : wall[minAt]!,
    maxStep: maxAt < 0 ? Number.NaN : step[maxAt]!,
    maxWall: maxAt < 0 ? Number.NaN : wall[maxAt]!,
  }
}

/** Summary of `left` followed by `right`, in the order they were logged. */
export function mergeSummaries(left: SpanSummary, right: SpanSummary): SpanSummary {
  // Written so that NaN (no finite value) on either side loses.
  const minLeft = !(right.min < left.min) && !Number.isNaN(left.min)
  const maxLeft = !(right.max > left.max) && !Number.isNaN(left.max)
  return {
    seq: left.seq,
    n: left.n + right.n,
    bad: left.bad + right.bad,
    badKinds: left.badKinds | right.badKinds,
    badStep: left.bad > 0 ? left.badStep : right.badStep,
    firstStep: Math.min(left.firstStep, right.firstStep),
    lastStep: Math.max(left.lastStep, right.lastStep),
    ordered: left.ordered && right.ordered && left.lastStep < right.firstStep,
    wallOrdered: left.wallOrdered && right.wallOrdered && left.lastWall <= right.firstWall,
    firstWall: left.firstWall,
    lastWall: right.lastWall,
    first: left.first,
    last: right.last,
    min: minLeft ? left.min : right.min,
    max: maxLeft ? left.max : right.max,
    sum: left.sum + right.sum,
    minStep: minLeft ? left.minStep : right.minStep,
    minWall: minLeft ? left.minWall : right.minWall,
    maxStep: maxLeft ? left.maxStep : right.maxStep,
    maxWall: maxLeft ? left.maxWall : right.maxWall,
  }
}
