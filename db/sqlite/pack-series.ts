import type { Points, SpanSummary } from '../../core/span.ts'
import { mergeSummaries, summarise } from '../../core/span.ts'
import { encodeSpan } from '../../core/span-codec.ts'
import { scratchPoints } from './scratch-points.ts'
import type { SeriesState } from './series-state.ts'
import { copyPoints } from './series-state.ts'
import type { SpanRows } from './span-rows.ts'
import { FAN_OUT, SPAN_POINTS } from './span-rows.ts'

/** Adds a full node to the pyramid and merges upwards. Returns the new lists; the old ones are left as they are. */
function addToPyramid(rows: SpanRows, seriesId: number, waiting: SpanSummary[][], span: SpanSummary): SpanSummary[][] {
  const next = waiting.slice()
  let node = span
  for (let level = 0; ; level++) {
    const siblings = [...(next[level] ?? []), node]
    if (siblings.length < FAN_OUT) {
      next[level] = siblings
      return next
    }
    next[level] = []
    node = siblings.reduce(mergeSummaries)
    rows.insert(seriesId, level + 1, node, null)
  }
}

/**
 * Writes the open span's points, the tail's and `added` as spans: full ones, and a last one that stays open.
 * Returns what to do to the state after the commit; until then the state is as it was.
 */
export function packSeries(rows: SpanRows, state: SeriesState, added: Points, from: number, to: number): () => void {
  const { open, openCount, tail, tailCount } = state
  const total = openCount + tailCount + to - from
  const all = scratchPoints.take(total)
  copyPoints(open, 0, openCount, all, 0)
  copyPoints(tail, 0, tailCount, all, openCount)
  copyPoints(added, from, to, all, openCount + tailCount)

  let openId = state.openId
  let seq = state.openSeq
  let waiting = state.waiting
  let at = 0
  while (at < total) {
    const end = Math.min(at + SPAN_POINTS, total)
    const summary = summarise(all, at, end, seq)
    const columns = encodeSpan(all, at, end, summary.firstStep)
    if (openId > 0) {
      if (!rows.update(openId, state.id, summary, columns)) throw new Error(`span ${openId} of series ${state.id} is gone`)
    } else openId = rows.insert(state.id, 0, summary, columns)
    if (end - at < SPAN_POINTS) break
    waiting = addToPyramid(rows, state.id, waiting, summary)
    openId = 0
    seq += SPAN_POINTS
    at = end
  }
  return () => {
    copyPoints(all, at, total, open, 0)
    state.openCount = total - at
    state.openId = openId
    state.openSeq = seq
    state.waiting = waiting
    state.tailCount = 0
  }
}
