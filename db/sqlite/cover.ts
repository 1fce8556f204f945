import type { Points, SpanSummary } from '../../core/span.ts'
import { summarise } from '../../core/span.ts'
import { decodeSpan, newPoints } from '../../core/span-codec.ts'
import { stableOrder } from '../../core/stable-order.ts'
import type { Source } from './line-reader.ts'
import type { SpanNode, SpanRows } from './span-rows.ts'
import { FAN_OUT, SPAN_POINTS } from './span-rows.ts'
import type { TailCache } from './tail-cache.ts'

/** What a stretch of the line is made of. Called in step order; the columns are reused, so copy what must last. */
export interface CoverVisitor {
  points(points: Points, from: number, to: number): void
  /** Points of which only the summary was read: in step order, no step twice, all on the line. Never called when `decode` is set. */
  node(node: SpanSummary): void
  /** A point in the range that a later write of its step replaced. */
  superseded?(step: number, wall: number, value: number): void
}

export interface CoverOptions {
  /** Steps wanted, inclusive. */
  low: number
  high: number
  /** Coarsest level of nodes to use. */
  level: number
  /** Read every point. */
  decode?: boolean
  /** Whether a node wholly within the steps may be used; else it is taken apart. Default: always. */
  accept?(node: SpanSummary): boolean
}

/** Something that holds points of the line: a span, a node, or the tail of one source. */
interface Item {
  rank: number
  low: number
  high: number
  seq: number
  summary: SpanSummary
  node: SpanNode | null
  tail: Points | null
}

/**
 * Goes through the line of `sources` from `low` to `high`, reading as few points as it can: nodes of the pyramid where they lie
 * wholly on the line, points where a node crosses the edge of the range, of its source, or another node.
 */
export class Cover {
  private scratch = newPoints(SPAN_POINTS)

  constructor(
    private readonly spans: SpanRows,
    private readonly tails: TailCache,
    private readonly sources: Source[],
    private readonly options: CoverOptions,
    private readonly visitor: CoverVisitor,
  ) {}

  run(): void {
    this.resolve(this.sources.flatMap((_, rank) => this.forest(rank)))
  }

  /** Nodes of the coarsest level allowed, then finer ones where the series has not grown enough to merge, then the tail. */
  private forest(rank: number): Item[] {
    const { series, before } = this.sources[rank]!
    const { low, high } = this.options
    const items: Item[] = []
    if (series.firstStep > high || series.lastStep < low || series.firstStep >= before) return items
    const tail = this.tails.read(series.runKey, series.attempt, series.id)
    const packed = series.n - tail.count
    const sealed = Math.floor(packed / SPAN_POINTS)
    const coarsest = this.options.decode || sealed === 0 ? 0 : Math.min(this.options.level, Math.floor(Math.log2(sealed) / Math.log2(FAN_OUT)))
    let from = 0
    for (let level = coarsest; level >= 0; level--) {
      const size = FAN_OUT ** level
      const to = level === 0 ? packed : Math.floor(sealed / size) * size * SPAN_POINTS
      if (to > from)
        for (const node of this.spans.range(series.id, level, low, high, from, to, series.ordered)) items.push(this.item(rank, node, null))
      from = Math.max(from, to)
    }
    if (tail.count > 0) items.push(this.item(rank, null, tail.points, tail.count, packed))
    return items
  }

  private item(rank: number, node: SpanNode | null, tail: Points | null, count = 0, seq = 0): Item {
    const summary = node ?? summarise(tail!, 0, count, seq)
    return { rank, low: summary.firstStep, high: summary.lastStep, seq: summary.seq, summary, node, tail }
  }

  private wanted(item: Item): boolean {
    return item.low <= this.options.high && item.high >= this.options.low && item.low < this.sources[item.rank]!.before
  }

  /** Splits items into groups that share no step, and deals with each. */
  private resolve(items: Item[]): void {
    const sorted = items.filter((item) => this.wanted(item)).sort((a, b) => a.low - b.low || a.rank - b.rank || a.seq - b.seq)
    for (let i = 0; i < sorted.length; ) {
      let reach = sorted[i]!.high
      let end = i + 1
      while (end < sorted.length && sorted[end]!.low <= reach) reach = Math.max(reach, sorted[end++]!.high)
      if (end === i + 1) this.single(sorted[i]!)
      else this.group(sorted.slice(i, end))
      i = end
    }
  }

  private single(item: Item): void {
    const { node, summary } = item
    const { low, high, accept } = this.options
    const inside = item.low >= low && item.high <= high && item.high < this.sources[item.rank]!.before
    if (node && !this.options.decode && inside && node.ordered && (accept?.(node) ?? true)) this.visitor.node(node)
    else if (node && node.level > 0) this.resolve(this.children(item))
    else if (summary.ordered) this.emit(this.load(item), 0, summary.n, item.rank)
    else this.merge([item])
  }

  private group(items: Item[]): void {
    if (items.some((item) => item.node && item.node.level > 0))
      this.resolve(items.flatMap((item) => (item.node && item.node.level > 0 ? this.children(item) : [item])))
    else this.merge(items)
  }

  private children(item: Item): Item[] {
    const node = item.node!
    const { seriesId, level, firstStep, lastStep, seq, n, ordered } = node
    return this.spans.range(seriesId, level - 1, firstStep, lastStep, seq, seq + n, ordered).map((child) => this.item(item.rank, child, null))
  }

  /** Points of a span or a tail. */
  private load(item: Item): Points {
    if (item.tail) return item.tail
    decodeSpan(this.spans.encoded(item.node!.id), item.summary, this.scratch)
    return this.scratch
  }

  /** Hands on what of an ordered stretch lies within the range and on the line. */
  private emit(points: Points, from: number, to: number, rank: number): void {
    const { low, high } = this.options
    const { before } = this.sources[rank]!
    let start = from
    let end = to
    while (start < end && points.step[start]! < low) start++
    while (end > start && (points.step[end - 1]! > high || points.step[end - 1]! >= before)) end--
    if (end > start) this.visitor.points(points, start, end)
  }

  /** Reads overlapping stretches together: sorted by step, and of equal steps the last write. */
  private merge(items: Item[]): void {
    const { low, high } = this.options
    const { superseded } = this.visitor
    const total = items.reduce((sum, item) => sum + item.summary.n, 0)
    const all = newPoints(total)
    let n = 0
    // Written later is placed later: by attempt, then by arrival.
    for (const item of items.sort((a, b) => a.rank - b.rank || a.seq - b.seq)) {
      const points = this.load(item)
      const { before } = this.sources[item.rank]!
      for (let i = 0; i < item.summary.n; i++) {
        const step = points.step[i]!
        if (step < low || step > high || step >= before) continue
        all.step[n] = step
        all.wall[n] = points.wall[i]!
        all.value[n++] = points.value[i]!
      }
    }
    const order = stableOrder(all.step.subarray(0, n))
    const line = newPoints(n)
    let kept = 0
    for (let i = 0; i < n; i++) {
      const at = order[i]!
      if (i + 1 < n && all.step[order[i + 1]!] === all.step[at]) {
        superseded?.call(this.visitor, all.step[at]!, all.wall[at]!, all.value[at]!)
        continue
      }
      line.step[kept] = all.step[at]!
      line.wall[kept] = all.wall[at]!
      line.value[kept++] = all.value[at]!
    }
    if (kept > 0) this.visitor.points(line, 0, kept)
  }
}
