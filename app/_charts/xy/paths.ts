import type { ChartColumns } from '../../../core/chart.ts'
import { LARGEST } from './extent.ts'

/**
 * Pairs x, y, x, y … of a line, broken (NaN y) where a non-finite value lies. On a log axis y becomes log10 and values ≤ 0 break
 * the line. ±Infinity never gets through: it would wreck any axis.
 */
export function linePairs(x: Float64Array, y: Float64Array, gaps: Float64Array, log: boolean): Float64Array {
  const pairs = new Float64Array((x.length + gaps.length) * 2)
  let length = 0
  let gap = 0
  for (let i = 0; i < x.length; i++) {
    for (; gap < gaps.length && gaps[gap]! <= x[i]!; gap++) {
      pairs[length++] = gaps[gap]!
      pairs[length++] = Number.NaN
    }
    const value = log ? (y[i]! > 0 ? Math.log10(y[i]!) : Number.NaN) : Math.min(LARGEST, Math.max(-LARGEST, y[i]!))
    pairs[length++] = x[i]!
    pairs[length++] = value
  }
  return pairs.subarray(0, length)
}

/** Points whose neighbours on both sides are gaps or ends: a line would not show them. */
export function lonePoints(pairs: Float64Array): Float64Array {
  const lone: number[] = []
  for (let i = 0; i < pairs.length; i += 2) {
    if (Number.isNaN(pairs[i + 1])) continue
    const before = i >= 2 && !Number.isNaN(pairs[i - 1])
    const after = i + 3 < pairs.length && !Number.isNaN(pairs[i + 3])
    if (!before && !after) lone.push(pairs[i]!, pairs[i + 1]!)
  }
  return Float64Array.from(lone)
}

/** One dot per `cell` × `cell` pixels: every spot that would be inked stays inked. */
export function thinDots(
  pairs: Float64Array,
  range: { x: [number, number]; y: [number, number] },
  size: { width: number; height: number },
  cell: number,
): Float64Array {
  const columns = Math.ceil(size.width / cell) + 1
  const taken = new Set<number>()
  const kept: number[] = []
  for (let i = 0; i < pairs.length; i += 2) {
    const x = pairs[i]!
    const y = pairs[i + 1]!
    if (Number.isNaN(y) || x < range.x[0] || x > range.x[1] || y < range.y[0] || y > range.y[1]) continue
    const column = Math.floor((((x - range.x[0]) / (range.x[1] - range.x[0])) * size.width) / cell)
    const row = Math.floor((((y - range.y[0]) / (range.y[1] - range.y[0])) * size.height) / cell)
    const key = row * columns + column
    if (taken.has(key)) continue
    taken.add(key)
    kept.push(x, y)
  }
  return Float64Array.from(kept)
}

export interface LinePaths {
  raw: Float64Array
  smooth: Float64Array | null
  abandoned: Float64Array | null
  lone: Float64Array
}

const cache = new WeakMap<ChartColumns, Partial<Record<'log' | 'linear', LinePaths>>>()

/** The paths of one answer's series. Worked out once: zooming only moves the axes over them. */
export function linePaths(columns: ChartColumns, log: boolean): LinePaths {
  const known = cache.get(columns) ?? {}
  const scale = log ? 'log' : 'linear'
  if (known[scale]) return known[scale]
  // The server lists them by kind within a pixel column, so they are only nearly in order.
  const gaps = Float64Array.from(columns.nonFiniteX).sort()
  const raw = linePairs(columns.x, columns.y, gaps, log)
  const smooth = columns.smoothY.length > 0 ? linePairs(columns.smoothX, columns.smoothY, gaps, log) : null
  const abandoned = columns.abandonedX.length > 0 ? linePairs(columns.abandonedX, columns.abandonedY, new Float64Array(0), log) : null
  const made = { raw, smooth, abandoned, lone: lonePoints(smooth ?? raw) }
  cache.set(columns, { ...known, [scale]: made })
  return made
}
