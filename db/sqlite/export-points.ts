import { nextDown } from '../../core/next-down.ts'
import { newPoints } from '../../core/span-codec.ts'
import { stableOrder } from '../../core/stable-order.ts'
import type { SeriesPoints } from '../store.ts'
import type { Source } from './line-reader.ts'
import type { Stored } from './read-line.ts'
import { readLine, visitSuperseded } from './read-line.ts'

/** Steps to read so that about this many points come at a time. */
const BATCH_POINTS = 65_536

/** Cuts the line, from a step on, into step ranges of about BATCH_POINTS points each; neighbours share no step. */
export function exportRanges(stored: Stored, sources: Source[], from = Number.NEGATIVE_INFINITY): { low: number; high: number }[] {
  const starts = sources
    .flatMap(({ series }) => stored.spans.range(series.id, 0, from, Number.POSITIVE_INFINITY, 0, Number.MAX_SAFE_INTEGER, false))
    .map((span) => ({ step: span.firstStep, n: span.n }))
    .sort((a, b) => a.step - b.step)
  const cuts: number[] = [from]
  let n = 0
  for (const { step, n: count } of starts) {
    if (n >= BATCH_POINTS && step > cuts[cuts.length - 1]!) {
      cuts.push(step)
      n = 0
    }
    n += count
  }
  return cuts.map((low, i) => ({ low, high: i + 1 < cuts.length ? nextDown(cuts[i + 1]!) : Number.POSITIVE_INFINITY }))
}

/** One stretch in step order; with `all`, superseded points stand before the point that replaced them, or in place of their step. */
export function exportRange(
  stored: Stored,
  sources: Source[],
  range: { low: number; high: number },
  all: boolean,
): SeriesPoints & { superseded?: Uint8Array } {
  const line = readLine(stored, sources, range.low, range.high)
  if (!all) return { step: line.step.slice(), wall: line.wall.slice(), value: line.value.slice() }
  const extra: [number, number, number][] = []
  visitSuperseded(stored, sources, range, (step, wall, value) => extra.push([step, wall, value]))
  const joined = newPoints(extra.length + line.step.length)
  const superseded = new Uint8Array(joined.step.length)
  extra.forEach(([step, wall, value], i) => {
    joined.step[i] = step
    joined.wall[i] = wall
    joined.value[i] = value
    superseded[i] = 1
  })
  joined.step.set(line.step, extra.length)
  joined.wall.set(line.wall, extra.length)
  joined.value.set(line.value, extra.length)
  const order = stableOrder(joined.step)
  const sorted = (column: Float64Array) => Float64Array.from(order, (at) => column[at]!)
  return {
    step: sorted(joined.step),
    wall: sorted(joined.wall),
    value: sorted(joined.value),
    superseded: Uint8Array.from(order, (at) => superseded[at]!),
  }
}
