import type { Line, StepOrWallAxis } from './chart-reader.ts'
import { isPlain } from './line-reader.ts'
import type { Stored } from './read-line.ts'

const EVERYTHING = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }

/**
 * Steps that hold every point with x from `low` to `high`, as narrow as can be told cheaply. Wall times are looked up down the pyramid,
 * which works when they ascend with the steps; else everything is gone through.
 */
export function stepRange(stored: Stored, line: Line, axis: StepOrWallAxis, low: number, high: number): { low: number; high: number } {
  if (axis.kind === 'step') return { low, high }
  const { sources, summary } = line
  if (!isPlain(sources) || !summary.wallOrdered) return EVERYTHING
  const from = low + axis.origin
  const to = high + axis.origin
  let first = Number.NEGATIVE_INFINITY
  let last = Number.POSITIVE_INFINITY
  const { spans } = stored
  const { series } = sources[0]!
  for (let level = spans.topLevel(series.id); level >= 0; level--) {
    const nodes = spans.range(series.id, level, first, last, 0, Number.MAX_SAFE_INTEGER, true)
    // The last node that ends before the range, and the first that begins after it, bound it from outside.
    for (const node of nodes) {
      if (node.lastWall < from) first = Math.max(first, node.lastStep)
      else if (node.firstWall > to) {
        last = Math.min(last, node.firstStep)
        break
      }
    }
  }
  return { low: first, high: last }
}
