import type { Points } from '../../core/span.ts'
import { newPoints } from '../../core/span-codec.ts'
import type { CoverVisitor } from './cover.ts'
import { Cover } from './cover.ts'
import type { Source } from './line-reader.ts'
import { copyPoints } from './series-state.ts'
import type { SpanRows } from './span-rows.ts'
import type { TailCache } from './tail-cache.ts'

const FIRST_ROOM = 32_768

/** What reading a line needs from the database. */
export interface Stored {
  spans: SpanRows
  tails: TailCache
}

/** Every point of the line with step in [low, high], in step order. */
export function readLine(stored: Stored, sources: Source[], low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY): Points {
  const most = sources.reduce((sum, { series }) => sum + series.n, 0)
  // Grown as needed when only a part is wanted: a short stretch of a long line must not cost the memory of all of it.
  let line = newPoints(low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY ? most : Math.min(most, FIRST_ROOM))
  let n = 0
  const visitor: CoverVisitor = {
    points(points, from, to) {
      if (n + to - from > line.step.length) {
        const grown = newPoints(Math.min(most, Math.max(n + to - from, line.step.length * 2)))
        copyPoints(line, 0, n, grown, 0)
        line = grown
      }
      copyPoints(points, from, to, line, n)
      n += to - from
    },
    node() {
      throw new Error('a node where points were asked for')
    },
  }
  new Cover(stored.spans, stored.tails, sources, { low, high, level: 0, decode: true }, visitor).run()
  return { step: line.step.subarray(0, n), wall: line.wall.subarray(0, n), value: line.value.subarray(0, n) }
}

/** Points that a later attempt or a later write of the same step replaced, with step in [low, high]; in no particular order. */
export function visitSuperseded(
  stored: Stored,
  sources: Source[],
  range: { low: number; high: number },
  each: (step: number, wall: number, value: number) => void,
): void {
  const onLine: CoverVisitor = { points() {}, node() {}, superseded: each }
  // Whole nodes hide no replaced point, so only stretches that overlap are read.
  new Cover(stored.spans, stored.tails, sources, { ...range, level: Number.POSITIVE_INFINITY }, onLine).run()
  const abandoned: CoverVisitor = {
    points(points, from, to) {
      for (let i = from; i < to; i++) each(points.step[i]!, points.wall[i]!, points.value[i]!)
    },
    node() {},
    superseded: each,
  }
  for (const { series, before, limit } of sources) {
    const low = Math.max(range.low, before)
    if (series.lastStep >= low && before < limit)
      new Cover(stored.spans, stored.tails, [{ series, before: limit, limit }], { low, high: range.high, level: 0, decode: true }, abandoned).run()
  }
}
