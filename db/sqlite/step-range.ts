import type { Line, StepOrWallAxis } from './chart-reader.ts'
import { isPlain } from './line-reader.ts'
import type { Stored } from './read-line.ts'
import type { SpanNode } from './span-rows.ts'

const EVERYTHING = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }

/**
 * Steps that hold every point with x from `low` to `high`, as narrow as can be told cheaply. Wall times are looked up down the pyramid,
 * which works when they ascend with the steps; else everything is gone through.
 */
export function stepRange(stored: Stored, line: Line, axis: StepOrWallAxis, low: number, high: number): { low: number; high: number } {
  if (axis.kind === 'step') return { low, high }
  const { sources, summary } = line
  if (!isPlain(sources) || !summary.wallOrdered) return EVERYTHING
  const { series } = sources[0]!
  return {
    low: lastStepWhere(stored, series.id, (node) => node.lastWall < low + axis.origin),
    high: firstStepWhere(stored, series.id, (node) => node.firstWall > high + axis.origin),
  }
}

/** Last step of the last node for which `before` holds, coarse levels first; −Infinity when it holds for none. `before` holds up to some node only. */
function lastStepWhere({ spans }: Stored, seriesId: number, before: (node: SpanNode) => boolean): number {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (let level = spans.topLevel(seriesId); level >= 0; level--) {
    for (const node of spans.range(seriesId, level, from, to, 0, Number.MAX_SAFE_INTEGER, true)) {
      if (before(node)) from = Math.max(from, node.lastStep)
      else {
        to = Math.min(to, node.lastStep)
        break
      }
    }
  }
  return from
}

/** First step of the first node for which `after` holds; Infinity when it holds for none. `after` holds from some node on. */
function firstStepWhere({ spans }: Stored, seriesId: number, after: (node: SpanNode) => boolean): number {
  let from = Number.NEGATIVE_INFINITY
  let to = Number.POSITIVE_INFINITY
  for (let level = spans.topLevel(seriesId); level >= 0; level--) {
    for (const node of spans.range(seriesId, level, from, to, 0, Number.MAX_SAFE_INTEGER, true)) {
      if (after(node)) {
        to = Math.min(to, node.firstStep)
        break
      }
      from = Math.max(from, node.firstStep)
    }
  }
  return to
}
