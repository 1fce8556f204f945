import type { XyData, XyLine } from './xy-data.ts'

export type Range = [number, number]

/** Largest value with a place on a linear axis: beyond it the difference of two values overflows. Larger ones are drawn at the edge. */
export const LARGEST = 8e307
/** Spans below this cannot be divided into ticks. */
const TINIEST = 1e-290

/** Union of the lines' x extents; null when no line has a point. */
export function xExtent(lines: XyLine[]): Range | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { columns } of lines) {
    const [from, to] = columns.extent ?? [columns.x[0], columns.x.at(-1)]
    if (from !== undefined && from < low) low = from
    if (to !== undefined && to > high) high = to
    for (const x of columns.nonFiniteX) {
      if (x < low) low = x
      if (x > high) high = x
    }
  }
  return low <= high ? [low, high] : null
}

/** An x range of some width: a single point gets room on both sides. */
export function widen([low, high]: Range): Range {
  if (high > low) return [low, high]
  const room = Math.max(1, Math.abs(low) * 0.05)
  return [low - room, high + room]
}

/** First index whose x is ≥ `at`. */
function firstIndex(x: Float64Array, at: number): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Calls `visit` with the values in view; when there is none, with those just left and right of it, whose line crosses the view. */
function visitVisible(x: Float64Array, y: Float64Array, view: Range, log: boolean, visit: (value: number) => void): void {
  const from = firstIndex(x, view[0])
  let seen = false
  let to = from
  for (; to < x.length && x[to]! <= view[1]; to++) {
    const value = y[to]!
    if (log && value <= 0) continue
    visit(value)
    seen = true
  }
  if (seen) return
  for (const value of [y[from - 1], y[to]]) if (value !== undefined && !(log && value <= 0)) visit(value)
}

export interface YExtent {
  /** In plot units: log10 of the value when log. */
  min: number
  max: number
  /** No drawn value in view: the range means nothing. */
  empty?: true
  /** Drawn values in view that lie outside because of the outlier rule. */
  clipped: number
  /** Drawn values in view that a log axis cannot show. */
  notPositive: number
}

/**
 * The y range from finite values in view. Linear: 5 % room, not below zero when all values are ≥ 0. Log: a tenth of the range.
 * With `clipOutliers` TensorBoard's rule: sorted values at index ⌈0.05(n−1)⌉ and ⌊0.95(n−1)⌋, of the smoothed line where there is one.
 */
export function yExtent(data: XyData, view: Range): YExtent {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const grow = (value: number) => {
    if (value < low) low = value
    if (value > high) high = value
  }
  for (const { columns, band } of data.lines) {
    if (band) for (const edge of [band.low, band.high]) visitVisible(band.x, edge, view, data.logY, grow)
    visitVisible(columns.x, columns.y, view, data.logY, grow)
    visitVisible(columns.abandonedX, columns.abandonedY, view, data.logY, grow)
    visitVisible(columns.smoothX, columns.smoothY, view, data.logY, grow)
  }
  const notPositive = data.logY ? countNotPositive(data.lines, view) : 0
  if (low > high) return { min: data.logY ? -1 : 0, max: 1, empty: true, clipped: 0, notPositive }
  if (!data.clipOutliers) {
    const [min, max] = pad(low, high, data.logY)
    return { min, max, clipped: 0, notPositive }
  }
  const [min, max] = pad(...percentileRange(data, view, [low, high]), data.logY)
  let clipped = 0
  for (const { columns } of data.lines)
    visitVisible(columns.x, columns.y, view, data.logY, (value) => {
      const unit = data.logY ? Math.log10(value) : value
      if (unit < min || unit > max) clipped++
    })
  return { min, max, clipped, notPositive }
}

function percentileRange(data: XyData, view: Range, whole: Range): Range {
  const lead: number[] = []
  for (const { columns } of data.lines) {
    const smooth = columns.smoothY.length > 0
    visitVisible(smooth ? columns.smoothX : columns.x, smooth ? columns.smoothY : columns.y, view, data.logY, (value) => lead.push(value))
  }
  if (lead.length <= 2) return whole
  const sorted = Float64Array.from(lead).sort()
  return [sorted[Math.ceil(0.05 * (sorted.length - 1))]!, sorted[Math.floor(0.95 * (sorted.length - 1))]!]
}

function pad(low: number, high: number, log: boolean): Range {
  if (log) {
    const from = Math.log10(low)
    const to = Math.log10(high)
    const room = to > from ? (to - from) * 0.05 : Math.log10(2)
    return [from - room, to + room]
  }
  const [from, to] = [low, high].map((value) => Math.min(LARGEST, Math.max(-LARGEST, value))) as Range
  const size = Math.max(Math.abs(from), Math.abs(to))
  // Too close together for axis ticks of their own, or too small to divide: shown as one constant.
  if (to - from <= Math.max(size * 1e-13, TINIEST)) {
    const around = size > TINIEST ? size * 0.05 : 1
    return [from - around, to + around]
  }
  const room = (to - from) * 0.05
  return [from >= 0 && from - room < 0 ? 0 : from - room, to + room]
}

function countNotPositive(lines: XyLine[], [low, high]: Range): number {
  let count = 0
  for (const { columns } of lines)
    for (let i = 0; i < columns.x.length; i++) if (columns.y[i]! <= 0 && columns.x[i]! >= low && columns.x[i]! <= high) count++
  return count
}
