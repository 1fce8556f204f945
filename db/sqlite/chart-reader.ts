import type { ChartColumns, ChartRequest } from '../../core/chart.ts'
import { PixelColumns } from '../../core/downsample.ts'
import { LossboardError } from '../../core/errors.ts'
import type { Points, SpanSummary } from '../../core/span.ts'
import { BoundedCache } from './bounded-cache.ts'
import { Cover } from './cover.ts'
import type { Lineage, LineReader, Source } from './line-reader.ts'
import { lineKey } from './line-reader.ts'
import type { LineSummary } from './line-summary.ts'
import { lineSummary } from './line-summary.ts'
import { metricChart } from './metric-chart.ts'
import type { Stored } from './read-line.ts'
import { readLine, visitSuperseded } from './read-line.ts'
import type { View } from './smooth-line.ts'
import { smoothAll, smoothLong } from './smooth-line.ts'
import { stepRange } from './step-range.ts'
import { strands } from './strands.ts'

const WIDTH_MAX = 8192
/** Spans decoded for one chart at most (unless stretches overlap); beyond it their summaries are drawn. */
const DECODE_MIN = 256
const ANSWER_BYTES = 32 * 1024 * 1024
const SUMMARIES = 20_000
/** Nodes read more closely because they hold finite and other values. */
const TAKEN_APART_MAX = 64
const DECODED_BYTES = 96 * 1024 * 1024
/** Points up to which smoothing reads the whole line; and up to which it does where neighbours can only be told by sorting. */
const WHOLE_MAX = 200_000
const WHOLE_SORTED_MAX = 4_000_000

/** Where a point lies on the x axis: its step, or its wall time less the origin. */
export interface StepOrWallAxis {
  kind: 'step' | 'wall'
  origin: number
}

export interface Line {
  sources: Source[]
  summary: LineSummary
}

const NONE = new Float64Array(0)

function emptyChart({ runId, name }: ChartRequest): ChartColumns {
  return {
    runId,
    name,
    x: NONE,
    y: NONE,
    step: NONE,
    wall: NONE,
    smoothX: NONE,
    smoothY: NONE,
    smoothExact: true,
    smoothNote: null,
    nonFiniteX: NONE,
    nonFiniteKind: new Uint8Array(0),
    abandonedX: NONE,
    abandonedY: NONE,
    n: 0,
    nonFinite: 0,
    superseded: 0,
    exact: true,
    extent: null,
    total: 0,
  }
}

function checkRequest(request: ChartRequest): void {
  const { width, range } = request
  if (!Number.isInteger(width) || width < 1 || width > WIDTH_MAX)
    throw new LossboardError('invalid_argument', `chart of "${request.name}": width must be a whole number from 1 to ${WIDTH_MAX}, got ${width}`)
  if (range && !(range[0] <= range[1]))
    throw new LossboardError('invalid_argument', `chart of "${request.name}": range ${range[0]} to ${range[1]} is empty`)
}

/** Answers chart queries. All methods belong inside one read transaction. */
export class ChartReader {
  private readonly answers = new BoundedCache<ChartColumns>(ANSWER_BYTES)
  private readonly decoded = new BoundedCache<Points>(DECODED_BYTES)
  private readonly summaries = new BoundedCache<LineSummary>(SUMMARIES)

  constructor(
    private readonly stored: Stored,
    private readonly lines: LineReader,
  ) {}

  chart(request: ChartRequest): ChartColumns {
    checkRequest(request)
    const lineage = this.lines.lineage(request.runId)
    const sources = this.lines.sources(lineage, request.name)
    const other = request.x.kind === 'metric' ? this.lines.sources(lineage, request.x.name) : []
    const origin = request.x.kind === 'relative' ? this.lines.origin(lineage) : 0
    const key = `${JSON.stringify(request)} ${lineKey(sources)} ${lineKey(other)} ${origin}`
    const known = this.answers.get(key)
    if (known) return known
    const answer = this.draw(request, lineage, sources, origin)
    const columns = [answer.x, answer.smoothX, answer.nonFiniteX, answer.abandonedX]
    this.answers.set(key, answer, 400 + key.length + columns.reduce((sum, column) => sum + column.byteLength, 0) * 3)
    return answer
  }

  /** Figures of the line, kept for as long as nothing is added to it. */
  summary(sources: Source[]): LineSummary {
    const key = lineKey(sources)
    let summary = this.summaries.get(key)
    if (summary === undefined) {
      summary = lineSummary(this.stored, sources)
      this.summaries.set(key, summary, 1)
    }
    return summary
  }

  private draw(request: ChartRequest, lineage: Lineage, sources: Source[], origin: number): ChartColumns {
    const summary = this.summary(sources)
    const { superseded, n: total } = summary
    if (total === 0 && !(request.abandoned && superseded > 0)) return { ...emptyChart(request), superseded }
    const line = { sources, summary }
    if (request.x.kind === 'metric') {
      const other = this.lines.sources(lineage, request.x.name)
      return { ...emptyChart(request), ...metricChart(this.stored, line, other, request), superseded, total }
    }
    const axis: StepOrWallAxis = { kind: request.x.kind === 'step' ? 'step' : 'wall', origin }
    // With what was abandoned on show, the axis reaches as far as that.
    const shown = request.abandoned && superseded > 0 ? sources.map((source) => ({ ...source, before: source.limit })) : sources
    const extent = this.extent({ sources: shown, summary: this.summary(shown) }, axis)
    const [low, high] = request.range ?? extent
    const columns = new PixelColumns(low, high, request.width)
    const steps = stepRange(this.stored, line, axis, low, high)
    const view = { low, high, width: request.width, steps, ...this.detail(sources, steps, request.width) }
    const whole = this.wholeLine(line, request)
    if (whole) columns.addPoints(axis.kind === 'step' ? whole.step : whole.wall, axis.origin, whole, 0, whole.step.length)
    else this.fill(columns, sources, axis, view)
    const smoothed = whole ? smoothAll(whole, axis, view, request.smoothing) : smoothLong(this.stored, line, axis, view, request.smoothing, columns)
    const { x, y, step, wall, nonFiniteX, nonFiniteKind, exact } = columns.finish()
    const abandoned = request.abandoned ? this.abandoned(sources, axis, low, high, request.width) : { abandonedX: NONE, abandonedY: NONE }
    return {
      runId: request.runId,
      name: request.name,
      x,
      y,
      step,
      wall,
      ...smoothed,
      nonFiniteX,
      nonFiniteKind,
      ...abandoned,
      n: columns.n,
      nonFinite: columns.nonFinite,
      superseded,
      exact,
      extent,
      total,
    }
  }

  /** Every point of the line, where that is cheaper than reading parts of it twice; kept for the next zoom. */
  private wholeLine({ sources, summary }: Line, { smoothing }: ChartRequest): Points | null {
    const key = lineKey(sources)
    const known = this.decoded.get(key)
    if (known) return known
    if (smoothing.kind === 'none' || summary.n > (strands(sources) ? WHOLE_MAX : WHOLE_SORTED_MAX)) return null
    const points = readLine(this.stored, sources)
    this.decoded.set(key, points, points.step.length * 24)
    return points
  }

  private fill(columns: PixelColumns, sources: Source[], axis: StepOrWallAxis, view: View): void {
    const { steps, level, decode } = view
    const { origin } = axis
    const onStep = axis.kind === 'step'
    const visitor = {
      points: (points: Points, from: number, to: number) => columns.addPoints(onStep ? points.step : points.wall, origin, points, from, to),
      node: (node: SpanSummary) => columns.addSummary(node, onStep ? (step) => step : (_, wall) => wall - origin),
    }
    // On a wall axis a node must also lie within the range in time, which only one whose times ascend can promise.
    const inTime = (node: SpanSummary) => node.wallOrdered && node.firstWall - origin >= columns.low && node.lastWall - origin <= columns.high
    // Where finite values end and NaN begins is what people look for: nodes that hold both are taken apart, as long as they are few.
    let takenApart = 0
    const accept = (node: SpanSummary) => (onStep || inTime(node)) && (node.bad === 0 || node.bad === node.n || ++takenApart > TAKEN_APART_MAX)
    new Cover(this.stored.spans, this.stored.tails, sources, { ...steps, level, decode, accept }, visitor).run()
  }

  /** The coarsest level that still has a node for every pixel; all points where they are few enough. */
  private detail(sources: Source[], steps: { low: number; high: number }, width: number): { level: number; decode: boolean } {
    const { spans } = this.stored
    const top = Math.max(0, ...sources.map(({ series }) => spans.topLevel(series.id)))
    let count = 0
    for (let level = top; level >= 0; level--) {
      count = sources.reduce((sum, { series }) => sum + spans.count(series.id, level, steps.low, steps.high), 0)
      if (count > Math.max(width, DECODE_MIN)) return { level, decode: false }
    }
    return { level: 0, decode: true }
  }

  /** x of the whole line. */
  private extent(line: Line, axis: StepOrWallAxis): [number, number] {
    const { summary, sources } = line
    if (axis.kind === 'step') return [summary.firstStep, summary.lastStep]
    if (summary.wallOrdered) return [summary.firstWall - axis.origin, summary.lastWall - axis.origin]
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    const add = (wall: number) => {
      if (wall < low) low = wall
      if (wall > high) high = wall
    }
    const visitor = {
      points: (points: Points, from: number, to: number) => points.wall.subarray(from, to).forEach(add),
      node: (node: SpanSummary) => [node.firstWall, node.lastWall].forEach(add),
    }
    const range = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, level: Number.POSITIVE_INFINITY }
    new Cover(this.stored.spans, this.stored.tails, sources, { ...range, accept: (node) => node.wallOrdered }, visitor).run()
    return [low - axis.origin, high - axis.origin]
  }

  private abandoned(sources: Source[], axis: StepOrWallAxis, low: number, high: number, width: number) {
    const columns = new PixelColumns(low, high, width)
    const steps = axis.kind === 'step' ? { low, high } : { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }
    visitSuperseded(this.stored, sources, steps, (step, wall, value) =>
      columns.add(axis.kind === 'step' ? step : wall - axis.origin, value, step, wall),
    )
    const { x, y } = columns.finish()
    return { abandonedX: x, abandonedY: y }
  }
}
