import type { XyData, XyLine } from './xy-data.ts'

export type Range = [number, number]

/** Largest value with a place on a linear axis: beyond it the difference of two values overflows. Larger ones are drawn at the edge. */
export const LARGEST = 8e307

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

/** Finite y values with x in view; when none is, those just left and right of it, whose connecting line crosses the view. */
function visibleValues(x: Float64Array, y: Float64Array, [low, high]: Range, positiveOnly: boolean, into: number[]): void {
  const before = into.length
  let left = Number.NaN
  let right = Number.NaN
  for (let i = 0; i < x.length; i++) {
    const value = y[i]!
    if (positiveOnly && value <= 0) continue
    if (x[i]! < low) left = value
    else if (x[i]! > high) {
      if (Number.isNaN(right)) right = value
    } else into.push(value)
  }
  if (into.length === before) for (const value of [left, right]) if (!Number.isNaN(value)) into.push(value)
}

export interface YExtent {
  /** In plot units: log10 of the value when log. */
  min: number
  max: number
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
  const raw: number[] = []
  const smooth: number[] = []
  const lead: number[] = []
  for (const { columns } of data.lines) {
    const hasSmooth = columns.smoothY.length > 0
    visibleValues(columns.x, columns.y, view, data.logY, raw)
    visibleValues(columns.abandonedX, columns.abandonedY, view, data.logY, raw)
    visibleValues(columns.smoothX, columns.smoothY, view, data.logY, smooth)
    visibleValues(hasSmooth ? columns.smoothX : columns.x, hasSmooth ? columns.smoothY : columns.y, view, data.logY, lead)
  }
  const notPositive = data.logY ? countNotPositive(data.lines, view) : 0
  const whole = range(raw.concat(smooth))
  if (!whole) return { min: data.logY ? -1 : 0, max: 1, clipped: 0, notPositive }
  let [low, high] = whole
  if (data.clipOutliers && lead.length > 2) {
    const sorted = Float64Array.from(lead).sort()
    low = sorted[Math.ceil(0.05 * (sorted.length - 1))]!
    high = sorted[Math.floor(0.95 * (sorted.length - 1))]!
  }
  const [min, max] = pad(low, high, data.logY)
  const units = data.logY ? raw.map(Math.log10) : raw
  return { min, max, clipped: data.clipOutliers ? units.filter((value) => value < min || value > max).length : 0, notPositive }
}

function range(values: number[]): Range | null {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [low, high] : null
}

function pad(low: number, high: number, log: boolean): Range {
  if (log) {
    const from = Math.log10(low)
    const to = Math.log10(high)
    const room = to > from ? (to - from) * 0.05 : Math.log10(2)
    return [from - room, to + room]
  }
  const [from, to] = [low, high].map((value) => Math.min(LARGEST, Math.max(-LARGEST, value))) as Range
  if (to <= from) return [from - (Math.abs(from) * 0.05 || 1), from + (Math.abs(from) * 0.05 || 1)]
  const room = (to - from) * 0.05
  return [from >= 0 && from - room < 0 ? 0 : from - room, to + room]
}

function countNotPositive(lines: XyLine[], [low, high]: Range): number {
  let count = 0
  for (const { columns } of lines)
    for (let i = 0; i < columns.x.length; i++) if (columns.y[i]! <= 0 && columns.x[i]! >= low && columns.x[i]! <= high) count++
  return count
}
