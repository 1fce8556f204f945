import { nextDown } from '../../core/next-down.ts'
import type { Points } from '../../core/span.ts'
import { decodeSteps, decodeValues } from '../../core/span-codec.ts'
import type { Source } from './line-reader.ts'
import type { Stored } from './read-line.ts'
import type { NearSpan } from './span-rows.ts'
import { SPAN_POINTS } from './span-rows.ts'

/** A series that is shown, in step order, from `first` up to but not including `before`. */
interface Strand {
  source: Source
  first: number
}

/** A stretch of the line, wall times left out; `step` is empty unless the reader was asked for steps. */
export type Stretch = Pick<Points, 'step' | 'value'>

/** `complete` is false when the limit of spans ended the reading, not the line. */
export type Reading = Stretch & { complete: boolean }

const NO_STEPS = new Float64Array(0)

export function join(pieces: Stretch[]): Stretch {
  if (pieces.length === 1) return pieces[0]!
  const column = (field: 'step' | 'value') => {
    const joined = new Float64Array(pieces.reduce((sum, piece) => sum + piece[field].length, 0))
    let n = 0
    for (const piece of pieces) {
      joined.set(piece[field], n)
      n += piece[field].length
    }
    return joined
  }
  return { step: column('step'), value: column('value') }
}

/**
 * The parts of a line whose series are each in step order and follow one another: nearly every line, resumed and forked ones too.
 * Null for the others, where a point's neighbours can only be told by sorting.
 */
export function strands(sources: Source[]): Strand[] | null {
  const parts = sources.filter(({ series, before }) => series.firstStep < before).map((source) => ({ source, first: source.series.firstStep }))
  parts.sort((a, b) => a.first - b.first)
  for (let i = 0; i < parts.length; i++) {
    const { series, before } = parts[i]!.source
    const next = parts[i + 1]?.first ?? Number.POSITIVE_INFINITY
    if (!series.ordered || (series.lastStep >= next && before > next)) return null
  }
  return parts
}

/** Reads points of such a line around a step, span by span. Steps themselves only when `withSteps`. */
export class StrandReader {
  constructor(
    private readonly stored: Stored,
    private readonly parts: Strand[],
    private readonly withSteps: boolean,
  ) {}

  /** The points up to and including `step`, going back until `wanted` finite ones are read. */
  before(step: number, wanted: number, maxSpans: number): Reading {
    const { pieces, complete } = this.read(step, wanted, -1, maxSpans)
    return { ...join(pieces.reverse()), complete }
  }

  /** The points after `step`, going on until `wanted` finite ones are read. */
  after(step: number, wanted: number, maxSpans: number): Reading {
    const { pieces, complete } = this.read(step, wanted, 1, maxSpans)
    return { ...join(pieces), complete }
  }

  /**
   * The `back` points before a step, the point itself at index `back`, and the `ahead` points after it, when they lie in one span or two and
   * all are finite: nearly always, and several times as fast as `before` and `after`. Null when not. Overwritten by the next call.
   */
  window(step: number, back: number, ahead: number): Float64Array | null {
    const part = this.parts.findLast(({ first }) => first <= step)
    if (!part || part.source.before !== Number.POSITIVE_INFINITY) return null
    const here = this.stored.spans.valuesAt(part.source.series.id, step)
    if (!here || here.at < back) return null
    if (this.scratch.length !== back + 1 + ahead) this.scratch = new Float64Array(back + 1 + ahead)
    const { scratch } = this
    const rest = Math.min(ahead, here.values.length - 1 - here.at)
    scratch.set(here.values.subarray(here.at - back, here.at + 1 + rest))
    if (rest < ahead) {
      const next = this.stored.spans.valuesAfter(part.source.series.id, step)
      if (!next || next.length < ahead - rest) return null
      scratch.set(next.subarray(0, ahead - rest), back + 1 + rest)
    }
    return finiteCount(scratch) === scratch.length ? scratch : null
  }

  private scratch = new Float64Array(0)

  private read(step: number, wanted: number, direction: -1 | 1, maxSpans: number): { pieces: Stretch[]; complete: boolean } {
    const pieces: Stretch[] = []
    if (wanted <= 0) return { pieces, complete: true }
    let missing = wanted
    let spans = 0
    const order = direction < 0 ? [...this.parts].reverse() : this.parts
    for (const part of order) {
      if (direction < 0 ? part.first > step : Math.min(part.source.series.lastStep, nextDown(part.source.before)) <= step) continue
      for (const piece of this.pieces(part, step, direction, Math.ceil(missing / SPAN_POINTS))) {
        if (spans++ >= maxSpans) return { pieces, complete: false }
        pieces.push(piece)
        missing -= finiteCount(piece.value)
        if (missing <= 0) return { pieces, complete: true }
      }
    }
    return { pieces, complete: true }
  }

  /** What a part holds on one side of `step`, nearest span first, and its tail where it belongs. `expected` spans are fetched at a time. */
  private *pieces(part: Strand, step: number, direction: -1 | 1, expected: number): Generator<Stretch> {
    const { series, before } = part.source
    const tail = this.stored.tails.read(series.runKey, series.attempt, series.id)
    const tailPiece = () => clip(tail.points, tail.count, step, before, direction)
    if (direction < 0 && tail.count > 0 && tail.points.step[0]! <= step) yield tailPiece()
    let from = step
    for (;;) {
      const rows = this.stored.spans.near(series.id, from, direction, expected)
      for (const row of rows) yield this.decode(row, step, before, direction)
      if (rows.length < expected) break
      const furthest = rows[rows.length - 1]!
      from = direction < 0 ? nextDown(furthest.firstStep) : furthest.lastStep
    }
    if (direction > 0 && tail.count > 0) yield tailPiece()
  }

  private decode(row: NearSpan, step: number, before: number, direction: -1 | 1): Stretch {
    const value = new Float64Array(row.n)
    decodeValues(row.vals, row.n, value, 0)
    const whole = row.lastStep < before && (direction < 0 ? row.lastStep <= step : row.firstStep > step)
    if (whole && !this.withSteps) return { step: NO_STEPS, value }
    const steps = new Float64Array(row.n)
    decodeSteps(row, row.n, row.firstStep, steps, 0)
    const clipped = clip({ step: steps, value }, row.n, step, before, direction)
    return this.withSteps ? clipped : { step: NO_STEPS, value: clipped.value }
  }
}

function finiteCount(value: Float64Array): number {
  let count = 0
  for (let i = 0; i < value.length; i++) if (value[i]! - value[i]! === 0) count++
  return count
}

/** What of n points lies on its side of `step` and before `before`. */
function clip(points: Stretch, n: number, step: number, before: number, direction: -1 | 1): Stretch {
  let from = 0
  let to = n
  while (to > from && (points.step[to - 1]! >= before || (direction < 0 && points.step[to - 1]! > step))) to--
  if (direction > 0) while (from < to && points.step[from]! <= step) from++
  return { step: points.step.subarray(from, to), value: points.value.subarray(from, to) }
}
