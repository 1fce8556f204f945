import type { Points, SpanSummary } from './span.ts'
import { badKind, NAN_KIND, NEGATIVE_INFINITY_KIND, POSITIVE_INFINITY_KIND } from './span.ts'

/** Kinds of non-finite values in the order of `ChartColumns.nonFiniteKind`. */
const KINDS = [NAN_KIND, POSITIVE_INFINITY_KIND, NEGATIVE_INFINITY_KIND] as const
const KIND_INDEX: Record<number, number> = { [NAN_KIND]: 0, [POSITIVE_INFINITY_KIND]: 1, [NEGATIVE_INFINITY_KIND]: 2 }

// Four places per pixel column (first, min, max, last), each with x, y, step, wall and the order in which it was added.
const FIRST = 0
const MIN = 5
const MAX = 10
const LAST = 15
const STRIDE = 20

export interface ThinnedPoints {
  x: Float64Array
  y: Float64Array
  step: Float64Array
  wall: Float64Array
}

/**
 * Keeps the first, lowest, highest and last point of every pixel column, so that what is drawn from at most four points
 * a column covers the same pixels as all of them. Points may be added in any order. Values that are not finite are
 * kept as marks, one of each kind per column.
 */
export class PixelColumns {
  /** Points and non-finite points within the range so far. */
  n = 0
  nonFinite = 0
  private approximate = false
  private readonly places: Float64Array
  private readonly used: Uint8Array
  private readonly marks: Float64Array
  private readonly scale: number
  private added = 0

  constructor(
    readonly low: number,
    readonly high: number,
    readonly width: number,
  ) {
    this.places = new Float64Array(width * STRIDE)
    this.used = new Uint8Array(width)
    this.marks = new Float64Array(width * 3).fill(Number.NaN)
    this.scale = high > low ? width / (high - low) : 0
  }

  private column(x: number): number {
    // || 0 is for NaN, from an infinitely wide range.
    return Math.max(0, Math.min(this.width - 1, Math.floor((x - this.low) * this.scale) || 0))
  }

  private put(at: number, x: number, y: number, step: number, wall: number): void {
    const { places } = this
    places[at] = x
    places[at + 1] = y
    places[at + 2] = step
    places[at + 3] = wall
    places[at + 4] = this.added
  }

  /** A finite point known to be in the range. */
  private draw(x: number, y: number, step: number, wall: number): void {
    const column = this.column(x)
    const base = column * STRIDE
    const { places } = this
    this.added++
    if (this.used[column] === 0) {
      this.used[column] = 1
      this.put(base + FIRST, x, y, step, wall)
      this.put(base + MIN, x, y, step, wall)
      this.put(base + MAX, x, y, step, wall)
      this.put(base + LAST, x, y, step, wall)
      return
    }
    if (x < places[base + FIRST]!) this.put(base + FIRST, x, y, step, wall)
    if (y < places[base + MIN + 1]!) this.put(base + MIN, x, y, step, wall)
    if (y > places[base + MAX + 1]!) this.put(base + MAX, x, y, step, wall)
    if (x >= places[base + LAST]!) this.put(base + LAST, x, y, step, wall)
  }

  private mark(x: number, kind: number): void {
    const at = this.column(x) * 3 + KIND_INDEX[kind]!
    if (!(this.marks[at]! <= x)) this.marks[at] = x
  }

  add(x: number, y: number, step: number, wall: number): void {
    if (!(x >= this.low && x <= this.high)) return
    this.n++
    if (y - y === 0) this.draw(x, y, step, wall)
    else {
      this.nonFinite++
      this.mark(x, badKind(y))
    }
  }

  /** Points `from` (inclusive) to `to` (exclusive); `x` holds their x values, shifted by `origin`. */
  addPoints(x: Float64Array, origin: number, points: Points, from: number, to: number): void {
    const { low, high, scale } = this
    const { value } = points
    let left = Number.POSITIVE_INFINITY
    let right = Number.NEGATIVE_INFINITY
    let first = -1
    let min = -1
    let max = -1
    let last = -1
    // The hottest loop of a chart: neighbours mostly fall into one column, so its extremes are kept as indices until the column ends.
    for (let i = from; i < to; i++) {
      const at = x[i]! - origin
      if (!(at >= low && at <= high)) continue
      this.n++
      const y = value[i]!
      if (y - y !== 0) {
        this.nonFinite++
        this.mark(at, badKind(y))
      } else if (at >= left && at < right) {
        if (y < value[min]!) min = i
        else if (y > value[max]!) max = i
        if (at >= x[last]! - origin) last = i
        else if (at < x[first]! - origin) first = i
      } else {
        this.drawAll(x, origin, points, first, min, max, last)
        const column = this.column(at)
        left = scale > 0 ? low + column / scale : Number.NEGATIVE_INFINITY
        right = scale > 0 ? low + (column + 1) / scale : Number.POSITIVE_INFINITY
        first = min = max = last = i
      }
    }
    this.drawAll(x, origin, points, first, min, max, last)
  }

  private drawAll(x: Float64Array, origin: number, points: Points, first: number, min: number, max: number, last: number): void {
    if (first < 0) return
    const draw = (i: number) => this.draw(x[i]! - origin, points.value[i]!, points.step[i]!, points.wall[i]!)
    const early = Math.min(min, max)
    const late = Math.max(min, max)
    draw(first)
    if (early !== first && early !== last) draw(early)
    if (late !== early && late !== first && late !== last) draw(late)
    if (last !== first) draw(last)
  }

  /**
   * Points known only by their summary, all within the range and narrower than a column or so. What is drawn are true points:
   * its first, lowest, highest and last one.
   */
  addSummary(node: SpanSummary, xOf: (step: number, wall: number) => number): void {
    this.n += node.n
    this.nonFinite += node.bad
    this.approximate = true
    if (node.bad > 0) this.markSummary(node, xOf)
    const place = (step: number, y: number, wall: number) => {
      if (y - y === 0) this.draw(xOf(step, wall), y, step, wall)
    }
    place(node.firstStep, node.first, node.firstWall)
    if (node.bad < node.n) {
      const [early, late] = node.minStep <= node.maxStep ? (['min', 'max'] as const) : (['max', 'min'] as const)
      const inside = (step: number) => step !== node.firstStep && step !== node.lastStep
      if (inside(node[`${early}Step`])) place(node[`${early}Step`], node[early], node[`${early}Wall`])
      if (inside(node[`${late}Step`]) && node.minStep !== node.maxStep) place(node[`${late}Step`], node[late], node[`${late}Wall`])
    }
    if (node.n > 1) place(node.lastStep, node.last, node.lastWall)
  }

  private markSummary(node: SpanSummary, xOf: (step: number, wall: number) => number): void {
    const length = node.lastStep - node.firstStep
    const share = length > 0 ? (node.badStep - node.firstStep) / length : 0
    // The wall time of the first such point is not kept; between those of the node's ends it is off by less than a column.
    const from = xOf(node.badStep, node.firstWall + share * (node.lastWall - node.firstWall))
    const to = node.bad === node.n ? xOf(node.lastStep, node.lastWall) : from
    for (const kind of KINDS) {
      if ((node.badKinds & kind) === 0) continue
      this.mark(from, kind)
      // Nothing but such points: every column the node covers has them.
      for (let column = this.column(from) + 1; column <= this.column(to); column++) this.mark(this.low + column / this.scale, kind)
    }
  }

  /** The last point drawn in each column that has one. */
  lastPoints(): { x: Float64Array; step: Float64Array } {
    const bases = Array.from(this.used.keys()).filter((column) => this.used[column] === 1)
    const field = (offset: number) => Float64Array.from(bases, (column) => this.places[column * STRIDE + LAST + offset]!)
    return { x: field(0), step: field(2) }
  }

  /** What to draw, in order of x. */
  finish(): ThinnedPoints & { nonFiniteX: Float64Array; nonFiniteKind: Uint8Array; exact: boolean } {
    const { places } = this
    const kept: number[] = []
    for (let column = 0; column < this.width; column++) {
      if (this.used[column] === 0) continue
      const base = column * STRIDE
      const four = [base + FIRST, base + MIN, base + MAX, base + LAST].sort((a, b) => places[a]! - places[b]! || places[a + 4]! - places[b + 4]!)
      four.forEach((at, i) => {
        if (i === 0 || places[at + 4] !== places[four[i - 1]! + 4]) kept.push(at)
      })
    }
    const field = (offset: number) => Float64Array.from(kept, (at) => places[at + offset]!)
    const marked: number[] = []
    for (let i = 0; i < this.marks.length; i++) if (!Number.isNaN(this.marks[i]!)) marked.push(i)
    return {
      x: field(0),
      y: field(1),
      step: field(2),
      wall: field(3),
      nonFiniteX: Float64Array.from(marked, (i) => this.marks[i]!),
      nonFiniteKind: Uint8Array.from(marked, (i) => i % 3),
      exact: !this.approximate && kept.length === this.n - this.nonFinite,
    }
  }
}
