import type { PointBatch } from '../store.ts'
import type { AttemptState, Rows } from './attempt-state.ts'
import type { GroupedPoints } from './group-points.ts'
import { groupPoints } from './group-points.ts'
import { packSeries } from './pack-series.ts'
import { scratchPoints } from './scratch-points.ts'
import type { SeriesState } from './series-state.ts'
import { addToTotals, copyPoints, growTail, newSeriesState } from './series-state.ts'

/** A tail longer than this is packed: it bounds what a reader has to go through row by row. */
const TAIL_MAX = 8192
/** More new points per series than this, and packing writes less than rows would. */
const PACK_PER_SERIES = 16

interface Dirty {
  state: SeriesState
  index: number
  from: number
  to: number
}

/** Series rows first: they give new series their ids. Returns the series touched and how to take the change over. */
function writeSeries(rows: Rows, attemptState: AttemptState, place: Place, batch: PointBatch, grouped: GroupedPoints) {
  const dirty: Dirty[] = []
  const commits: (() => void)[] = []
  batch.names.forEach((name, index) => {
    const from = grouped.start[index]!
    const to = grouped.start[index + 1]!
    if (from === to) return
    const known = attemptState.series.get(name)
    const totals = addToTotals(known?.totals ?? null, grouped.points, from, to)
    const state = known ?? newSeriesState(name)
    if (known) rows.series.update(known.id, totals, place.rev)
    // The state is new too, so giving it its id before the commit harms nobody.
    else state.id = rows.series.insert(place.runKey, place.attempt, name, totals, place.rev)
    dirty.push({ state, index, from, to })
    commits.push(() => {
      state.totals = totals
      attemptState.series.set(name, state)
    })
  })
  return { dirty, commits }
}

function writeTail(rows: Rows, attemptState: AttemptState, place: Place, batch: PointBatch, dirty: Dirty[], grouped: GroupedPoints): () => void {
  const ids = new Float64Array(batch.names.length)
  for (const { index, state } of dirty) ids[index] = state.id
  const n = batch.step.length
  for (let i = 0; i < n; i++) {
    const id = ids[batch.series[i]!]!
    rows.tail.insert(place.runKey, place.attempt, attemptState.logged + i, id, batch.step[i]! + 0, batch.wall[i]! + 0, batch.value[i]!)
  }
  return () => {
    for (const { state, from, to } of dirty) {
      copyPoints(grouped.points, from, to, growTail(state, to - from), state.tailCount)
      state.tailCount += to - from
    }
    attemptState.tailRows += n
  }
}

function writeSpans(rows: Rows, attemptState: AttemptState, place: Place, dirty: Dirty[], grouped: GroupedPoints): () => void {
  const touched = new Set(dirty.map(({ state }) => state))
  const done = dirty.map(({ state, from, to }) => packSeries(rows.spans, state, grouped.points, from, to))
  // The whole tail goes, so series that only have points there are packed with the rest.
  for (const state of attemptState.series.values())
    if (!touched.has(state) && state.tailCount > 0) done.push(packSeries(rows.spans, state, grouped.points, 0, 0))
  rows.tail.deleteAll(place.runKey, place.attempt)
  return () => {
    for (const commit of done) commit()
    attemptState.tailRows = 0
  }
}

export interface Place {
  runKey: number
  attempt: number
  rev: number
}

/** Stores a batch inside a write transaction. Returns what to do to the state after the commit; a rollback needs nothing. */
export function writePoints(rows: Rows, attemptState: AttemptState, place: Place, batch: PointBatch): () => void {
  scratchPoints.clear()
  const grouped = groupPoints(batch)
  const n = batch.step.length
  const { dirty, commits } = writeSeries(rows, attemptState, place, batch, grouped)
  const pack = n > PACK_PER_SERIES * dirty.length || attemptState.tailRows + n > TAIL_MAX
  const stored = pack ? writeSpans(rows, attemptState, place, dirty, grouped) : writeTail(rows, attemptState, place, batch, dirty, grouped)
  return () => {
    stored()
    for (const commit of commits) commit()
    attemptState.logged += n
  }
}
