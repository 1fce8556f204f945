import type { SeriesSummary } from '../../core/run.ts'
import type { Points, SpanSummary } from '../../core/span.ts'
import { mergeSummaries, summarise } from '../../core/span.ts'
import { Cover } from './cover.ts'
import type { Source } from './line-reader.ts'
import { isPlain } from './line-reader.ts'
import type { Stored } from './read-line.ts'

/** Figures of a line. */
export interface LineSummary extends Omit<SeriesSummary, 'name' | 'goal'> {
  /** Wall times of the lowest and the highest step. */
  firstWall: number
  /** No wall time on the line is lower than the one before it. */
  wallOrdered: boolean
}

const orNull = (step: number) => (Number.isNaN(step) ? null : step)

function toLineSummary(total: SpanSummary, superseded: number, last: number, lastWall: number): LineSummary {
  const finite = total.n - total.bad
  return {
    n: total.n,
    superseded,
    nonFinite: total.bad,
    firstStep: total.firstStep,
    lastStep: total.lastStep,
    last,
    lastWall,
    min: total.min,
    max: total.max,
    mean: finite > 0 ? total.sum / finite : Number.NaN,
    minStep: orNull(total.minStep),
    maxStep: orNull(total.maxStep),
    firstWall: total.firstWall,
    wallOrdered: total.wallOrdered,
  }
}

function read(stored: Stored, sources: Source[], level: number): SpanSummary | null {
  let total: SpanSummary | null = null
  const add = (summary: SpanSummary) => {
    total = total ? mergeSummaries(total, summary) : summary
  }
  const visitor = {
    points: (points: Points, from: number, to: number) => add(summarise(points, from, to, 0)),
    node: add,
  }
  new Cover(stored.spans, stored.tails, sources, { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, level }, visitor).run()
  return total
}

/** How many stored points a source has below its limit: on the line or superseded. */
function countWithin(stored: Stored, { series, limit }: Source): number {
  if (series.lastStep < limit) return series.n
  let n = 0
  const visitor = {
    points: (_: Points, from: number, to: number) => {
      n += to - from
    },
    node: (node: SpanSummary) => {
      n += node.n
    },
    superseded: () => {
      n++
    },
  }
  const range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, level: Number.POSITIVE_INFINITY }
  new Cover(stored.spans, stored.tails, [{ series, before: limit, limit }], range, visitor).run()
  return n
}

/** Figures of a line that shows nothing. */
function emptySummary(superseded: number): LineSummary {
  const none = Number.NaN
  const figures = { firstStep: none, lastStep: none, last: none, lastWall: none, min: none, max: none, mean: none, firstWall: none }
  return { n: 0, superseded, nonFinite: 0, ...figures, minStep: null, maxStep: null, wallOrdered: true }
}

/** Exact figures of a line; n is 0 when every point of it was abandoned. A series in order needs no reading: the writer keeps its figures. */
export function lineSummary(stored: Stored, sources: Source[]): LineSummary {
  if (isPlain(sources)) {
    const { series } = sources[0]!
    return toLineSummary(series, 0, series.lastValue, series.valueWall)
  }
  const total = read(stored, sources, Number.POSITIVE_INFINITY)
  const stand = sources.reduce((sum, source) => sum + countWithin(stored, source), 0)
  if (!total) return emptySummary(stand)
  return toLineSummary(total, stand - total.n, total.last, total.lastWall)
}
