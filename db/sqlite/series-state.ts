import type { Points, SpanSummary } from '../../core/span.ts'
import { mergeSummaries, summarise } from '../../core/span.ts'
import { newPoints } from '../../core/span-codec.ts'
import { SPAN_POINTS } from './span-rows.ts'

/** What the `series` row says about every point of the series, superseded ones too. */
export interface SeriesTotals extends SpanSummary {
  /** Value and wall time at the highest step, the newest write of it. */
  lastValue: number
  valueWall: number
}

/** What a writer knows of one of its series. Changed only by `Commit`s, after the database has committed. */
export interface SeriesState {
  id: number
  name: string
  totals: SeriesTotals | null
  /** Points of the open span, and the row that holds them (0: none yet). */
  open: Points
  openCount: number
  openId: number
  /** Number of the open span's first point. */
  openSeq: number
  /** Per level, the full nodes that wait for siblings to be merged. */
  waiting: SpanSummary[][]
  /** Points that are rows of `tail`. */
  tail: Points
  tailCount: number
}

export function newSeriesState(name: string): SeriesState {
  return {
    id: 0,
    name,
    totals: null,
    open: newPoints(SPAN_POINTS),
    openCount: 0,
    openId: 0,
    openSeq: 0,
    waiting: [],
    tail: newPoints(16),
    tailCount: 0,
  }
}

/** Totals after `points` from–to were logged too. */
export function addToTotals(before: SeriesTotals | null, points: Points, from: number, to: number): SeriesTotals {
  const added = summarise(points, from, to, before?.n ?? 0)
  const merged = before ? mergeSummaries(before, added) : added
  if (before && added.lastStep < before.lastStep) return { ...merged, lastValue: before.lastValue, valueWall: before.valueWall }
  let at = to - 1
  while (points.step[at] !== added.lastStep) at--
  return { ...merged, lastValue: points.value[at]!, valueWall: points.wall[at]! }
}

/** Room for `count` more points at the end of the tail. What lies past `tailCount` is scratch until the commit. */
export function growTail(state: SeriesState, count: number): Points {
  const needed = state.tailCount + count
  if (state.tail.step.length < needed) {
    const grown = newPoints(Math.max(needed, state.tail.step.length * 2))
    copyPoints(state.tail, 0, state.tailCount, grown, 0)
    state.tail = grown
  }
  return state.tail
}

export function copyPoints(source: Points, from: number, to: number, target: Points, at: number): void {
  target.step.set(source.step.subarray(from, to), at)
  target.wall.set(source.wall.subarray(from, to), at)
  target.value.set(source.value.subarray(from, to), at)
}
