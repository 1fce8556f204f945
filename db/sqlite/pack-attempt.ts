import { newPoints } from '../../core/span-codec.ts'
import type { AttemptState, Rows } from './attempt-state.ts'
import { packSeries } from './pack-series.ts'
import { scratchPoints } from './scratch-points.ts'

const NO_POINTS = newPoints(0)

/** Turns the tail into spans, inside a write transaction. Returns what to do to the state after the commit. */
export function packAttempt(rows: Rows, state: AttemptState, runKey: number, attempt: number): () => void {
  scratchPoints.clear()
  const done: (() => void)[] = []
  for (const series of state.series.values()) if (series.tailCount > 0) done.push(packSeries(rows.spans, series, NO_POINTS, 0, 0))
  rows.tail.deleteAll(runKey, attempt)
  return () => {
    for (const commit of done) commit()
    state.tailRows = 0
  }
}
