import type { Database } from 'better-sqlite3'
import { decodeSpan } from '../../core/span-codec.ts'
import { SeriesRows } from './series-rows.ts'
import type { SeriesState } from './series-state.ts'
import { growTail, newSeriesState } from './series-state.ts'
import { FAN_OUT, SPAN_POINTS, SpanRows } from './span-rows.ts'
import { TailRows } from './tail-rows.ts'

/** Everything a writer keeps of one attempt of one run. */
export interface AttemptState {
  series: Map<string, SeriesState>
  /** Points logged in this attempt so far: the number of the next tail row. */
  logged: number
  tailRows: number
  packedByOthers: number
}

export function newAttemptState(): AttemptState {
  return { series: new Map(), logged: 0, tailRows: 0, packedByOthers: 0 }
}

export interface Rows {
  spans: SpanRows
  series: SeriesRows
  tail: TailRows
}

export function prepareRows(db: Database): Rows {
  return { spans: new SpanRows(db), series: new SeriesRows(db), tail: new TailRows(db) }
}

function loadSpans(rows: SpanRows, state: SeriesState): void {
  const newest = rows.newest(state.id, 0)
  if (!newest) return
  if (newest.n < SPAN_POINTS) {
    decodeSpan(rows.encoded(newest.id), newest, state.open)
    state.openCount = newest.n
    state.openId = newest.id
    state.openSeq = newest.seq
  } else state.openSeq = newest.seq + SPAN_POINTS
  for (let level = 0, size = SPAN_POINTS; size <= state.openSeq; level++, size *= FAN_OUT) {
    const merged = Math.floor(state.openSeq / (size * FAN_OUT)) * size * FAN_OUT
    state.waiting[level] = rows.from(state.id, level, merged).filter((node) => node.seq < state.openSeq)
  }
}

/** Reads the state back from the file: to pack what another process logged, or after another process packed. */
export function loadAttemptState(db: Database, rows: Rows, runKey: number, attempt: number): AttemptState {
  const state = newAttemptState()
  const byId = new Map<number, SeriesState>()
  for (const row of rows.series.byAttempt(runKey, attempt)) {
    const series = newSeriesState(row.name)
    series.id = row.id
    series.totals = row
    loadSpans(rows.spans, series)
    state.series.set(row.name, series)
    byId.set(row.id, series)
    state.logged += row.n
  }
  for (const row of rows.tail.from(runKey, attempt, 0)) {
    const series = byId.get(row.seriesId)
    if (!series) throw new Error(`tail row ${row.seq} of run ${runKey} names series ${row.seriesId}, which the attempt does not have`)
    const tail = growTail(series, 1)
    tail.step[series.tailCount] = row.step
    tail.wall[series.tailCount] = row.wall
    tail.value[series.tailCount] = row.value
    series.tailCount++
    state.tailRows++
    state.logged = Math.max(state.logged, row.seq + 1)
  }
  state.packedByOthers = packedByOthers(db, runKey, attempt)
  return state
}

export function packedByOthers(db: Database, runKey: number, attempt: number): number {
  return db.prepare('SELECT packed_by_others FROM attempts WHERE run_key = ? AND attempt = ?').pluck().get(runKey, attempt) as number
}
