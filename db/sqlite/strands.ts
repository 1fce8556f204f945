import { nextDown } from '../../core/next-down.ts'
import type { Points } from '../../core/span.ts'
import { decodeSteps, decodeValues } from '../../core/span-codec.ts'
import type { Source } from './line-reader.ts'
import type { Stored } from './read-line.ts'
import { SPAN_POINTS } from './span-rows.ts'

/** A series that is shown, in step order, from `first` up to but not including `before`. */
interface Strand {
  source: Source
  first: number
}

/** A stretch of the line, wall times left out. */
export type Stretch = Pick<Points, 'step' | 'value'>

/** `complete` is false when the limit of spans ended the reading, not the line. */
export type Reading = Stretch & { complete: boolean }

export function join(pieces: Stretch[]): Stretch {
  const total = pieces.reduce((sum, piece) => sum + piece.step.length, 0)
  const joined = { step: new Float64Array(total), value: new Float64Array(total) }
  let n = 0
  for (const piece of pieces) {
    joined.step.set(piece.step, n)
    joined.value.set(piece.value, n)
    n += piece.step.length
  }
  return joined
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

/** Reads points of such a line around a step, span by span. */
export class StrandReader {
  constructor(
    private readonly stored: Stored,
    private readonly parts: Strand[],
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
        const cut = clip(piece, step, part.source.before, direction)
        pieces.push(cut)
        missing -= finiteCount(cut.value)
        if (missing <= 0) return { pieces, complete: true }
      }
    }
    return { pieces, complete: true }
  }

  /** Spans of a part on one side of `step`, nearest first, and its tail where it belongs. `expected` spans are fetched at a time. */
  private *pieces(part: Strand, step: number, direction: -1 | 1, expected: number): Generator<Stretch> {
    const { series } = part.source
    const tail = this.stored.tails.read(series.runKey, series.attempt, series.id)
    const tailPiece = { step: tail.points.step.subarray(0, tail.count), value: tail.points.value.subarray(0, tail.count) }
    if (direction < 0 && tail.count > 0 && tailPiece.step[0]! <= step) yield tailPiece
    let from = step
    for (;;) {
      const rows = this.stored.spans.near(series.id, from, direction, expected)
      for (const row of rows) {
        const piece = { step: new Float64Array(row.n), value: new Float64Array(row.n) }
        decodeSteps(row, row.n, row.firstStep, piece.step, 0)
        decodeValues(row.vals, row.n, piece.value, 0)
        yield piece
      }
      if (rows.length < expected) break
      const furthest = rows[rows.length - 1]!
      from = direction < 0 ? nextDown(furthest.firstStep) : furthest.lastStep
    }
    if (direction > 0 && tail.count > 0) yield tailPiece
  }
}

function finiteCount(value: Float64Array): number {
  let count = 0
  for (let i = 0; i < value.length; i++) if (value[i]! - value[i]! === 0) count++
  return count
}

/** What of a piece lies on its side of `step` and before `before`. */
function clip(piece: Stretch, step: number, before: number, direction: -1 | 1): Stretch {
  let from = 0
  let to = piece.step.length
  while (to > from && (piece.step[to - 1]! >= before || (direction < 0 && piece.step[to - 1]! > step))) to--
  if (direction > 0) while (from < to && piece.step[from]! <= step) from++
  return { step: piece.step.subarray(from, to), value: piece.value.subarray(from, to) }
}
