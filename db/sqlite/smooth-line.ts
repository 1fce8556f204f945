import type { Smoothing } from '../../core/chart.ts'
import { PixelColumns } from '../../core/downsample.ts'
import { nextDown } from '../../core/next-down.ts'
import { gaussianReach, smoothGaussian } from '../../core/smoothing/gaussian.ts'
import { smoothingReach } from '../../core/smoothing/reach.ts'
import { smooth } from '../../core/smoothing/smooth.ts'
import { smoothBlocks } from '../../core/smoothing/smooth-blocks.ts'
import type { Points, SpanSummary } from '../../core/span.ts'
import type { Line, StepOrWallAxis } from './chart-reader.ts'
import { Cover } from './cover.ts'
import type { Stored } from './read-line.ts'
import { readLine } from './read-line.ts'
import { SPAN_POINTS } from './span-rows.ts'
import type { Stretch } from './strands.ts'
import { join, StrandReader, strands } from './strands.ts'

export interface SmoothedLine {
  smoothX: Float64Array
  smoothY: Float64Array
  smoothExact: boolean
  smoothNote: string | null
}

/** What is on screen. */
export interface View {
  low: number
  high: number
  width: number
  /** Steps that hold every point of it. */
  steps: { low: number; high: number }
  level: number
  decode: boolean
}

/** Spans read for one smoothed line at most, beside those on screen. */
const SPANS_MAX = 1_000
/** Of those, when each value has to look its own up: that takes several times as long. */
const LOOK_UPS_MAX = 400
/** Columns that may share one value of a smoothed line, before blocks are taken instead. */
const SKIP_MAX = 6
/** Multiplications for one Gaussian line at most; beyond it only every so many points are worked out. */
const GAUSSIAN_WORK = 4_000_000

const NO_STEPS = new Float64Array(0)
const NONE: SmoothedLine = { smoothX: new Float64Array(0), smoothY: new Float64Array(0), smoothExact: true, smoothNote: null }

/** All points of the line are at hand. */
export function smoothAll(points: Points, axis: StepOrWallAxis, view: View, smoothing: Smoothing): SmoothedLine {
  if (smoothing.kind === 'none') return NONE
  const onStep = axis.kind === 'step'
  const columns = new PixelColumns(view.low, view.high, view.width)
  // On an axis of time the points in view need not be neighbours.
  const from = onStep ? countWhile(points.step, (step) => step < view.low) : 0
  const to = onStep ? countWhile(points.step, (step) => step <= view.high) : points.step.length
  const { value, note } = smoothValues(points, smoothing, from, to)
  columns.addPoints(onStep ? points.step : points.wall, axis.origin, { ...points, value }, from, to)
  const { x: smoothX, y: smoothY } = columns.finish()
  return { smoothX, smoothY, smoothExact: true, smoothNote: note }
}

/** Number of leading steps for which `before` holds. */
function countWhile(step: Float64Array, before: (step: number) => boolean): number {
  let low = 0
  let high = step.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (before(step[middle]!)) low = middle + 1
    else high = middle
  }
  return low
}

/** Values from–to smoothed over all. A wide Gaussian kernel over many points is worked out at some of them: the line between is flat enough. */
function smoothValues(
  points: Pick<Points, 'step' | 'value'>,
  smoothing: Smoothing,
  from: number,
  to: number,
): { value: Float64Array; note: string | null } {
  if (smoothing.kind !== 'gaussian') return { value: smooth(points, smoothing), note: null }
  const every = Math.max(1, Math.ceil(((to - from) * 2 * gaussianReach(smoothing.sigma)) / GAUSSIAN_WORK))
  const note = every > 1 ? `Worked out at every ${every}th point.` : null
  return { value: smoothGaussian(points.value, smoothing.sigma, every, from, to), note }
}

/**
 * Smoothing of a long line without reading all of it. A smoothed value depends on so many points around it, and on no others by more than
 * 1e-12: those are read. `drawn` are the points already drawn. Where that would be too many, blocks stand for their points, and the answer
 * says so.
 */
export function smoothLong(stored: Stored, line: Line, axis: StepOrWallAxis, view: View, smoothing: Smoothing, drawn: PixelColumns): SmoothedLine {
  if (smoothing.kind === 'none') return NONE
  const { summary, sources } = line
  const spacing = (summary.lastStep - summary.firstStep) / Math.max(1, summary.n - 1)
  const reach = smoothingReach(smoothing, spacing)
  const parts = strands(sources)
  const reader = parts && new StrandReader(stored, parts, smoothing.kind === 'time')
  const spansEach = 1 + (reach.back + reach.ahead) / SPAN_POINTS
  if (reader && view.decode && spansEach <= SPANS_MAX) return smoothVisible(stored, line, axis, view, smoothing, reader, reach)
  const targets = drawn.lastPoints()
  const skip = Math.max(1, Math.ceil((spansEach * targets.x.length) / LOOK_UPS_MAX))
  if (reader && skip <= SKIP_MAX) return smoothAt(reader, targets, smoothing, reach, skip)
  return smoothInBlocks(stored, line, axis, view, smoothing, reach.back * spacing)
}

type Reach = { back: number; ahead: number }

/** Reads what is on screen and as much before and after it as shows. */
function smoothVisible(
  stored: Stored,
  line: Line,
  axis: StepOrWallAxis,
  view: View,
  smoothing: Smoothing,
  reader: StrandReader,
  reach: Reach,
): SmoothedLine {
  const { low, high } = view.steps
  const visible = readLine(stored, line.sources, low, high)
  const before = reader.before(nextDown(low), reach.back, SPANS_MAX)
  const after = reader.after(high, reach.ahead, SPANS_MAX)
  const [from, to] = [before.value.length, before.value.length + visible.value.length]
  const { value, note } = smoothValues(join([before, visible, after]), smoothing, from, to)
  const columns = new PixelColumns(view.low, view.high, view.width)
  const shown = value.subarray(from, to)
  columns.addPoints(axis.kind === 'step' ? visible.step : visible.wall, axis.origin, { ...visible, value: shown }, 0, shown.length)
  const { x: smoothX, y: smoothY } = columns.finish()
  return { smoothX, smoothY, smoothExact: before.complete && after.complete, smoothNote: note }
}

/** The last points of `past` that hold `wanted` finite ones. */
function lastFinite(past: Stretch, wanted: number): Stretch {
  let from = past.value.length
  for (let missing = wanted; from > 0 && missing > 0; ) {
    from--
    if (past.value[from]! - past.value[from]! === 0) missing--
  }
  return { step: past.step.subarray(Math.min(from, past.step.length)), value: past.value.subarray(from) }
}

/** What shows at a point, smoothed; the point is at index `at`. */
function around(reader: StrandReader, step: number, smoothing: Smoothing, reach: Reach): { value: Float64Array; at: number } {
  const window = smoothing.kind === 'time' ? null : reader.window(step, reach.back, reach.ahead)
  const past = window ? null : lastFinite(reader.before(step, reach.back + 1, SPANS_MAX), reach.back + 1)
  const points = window ? { step: NO_STEPS, value: window } : reach.ahead > 0 ? join([past!, reader.after(step, reach.ahead, SPANS_MAX)]) : past!
  const at = window ? reach.back : past!.value.length - 1
  const value = smoothing.kind === 'gaussian' ? smoothGaussian(points.value, smoothing.sigma, 1, at, at + 1) : smooth(points, smoothing)
  return { value, at }
}

/** Exact values, one per pixel column or `skip` columns, at the last point drawn there. */
function smoothAt(
  reader: StrandReader,
  targets: { x: Float64Array; step: Float64Array },
  smoothing: Smoothing,
  reach: Reach,
  skip: number,
): SmoothedLine {
  const smoothX: number[] = []
  const smoothY: number[] = []
  for (let i = (targets.step.length - 1) % skip; i < targets.step.length; i += skip) {
    const { value, at } = around(reader, targets.step[i]!, smoothing, reach)
    smoothX.push(targets.x[i]!)
    smoothY.push(value[at]!)
  }
  const each = skip === 1 ? 'pixel column' : `${skip} pixel columns`
  return {
    smoothX: Float64Array.from(smoothX),
    smoothY: Float64Array.from(smoothY),
    smoothExact: true,
    smoothNote: `One value per ${each}, worked out from every point that shows in it.`,
  }
}

/** Nodes of the pyramid stand for their points. */
function smoothInBlocks(stored: Stored, line: Line, axis: StepOrWallAxis, view: View, smoothing: Smoothing, reachSteps: number): SmoothedLine {
  const mean: number[] = []
  const count: number[] = []
  const step: number[] = []
  const wall: number[] = []
  let points = 0
  const add = (sum: number, finite: number, n: number, lastStep: number, lastWall: number) => {
    mean.push(finite > 0 ? sum / finite : Number.NaN)
    count.push(finite)
    step.push(lastStep)
    wall.push(lastWall)
    points += n
  }
  const visitor = {
    node: (node: SpanSummary) => add(node.sum, node.n - node.bad, node.n, node.lastStep, node.lastWall),
    points: (chunk: Points, from: number, to: number) => {
      for (let start = from; start < to; start += SPAN_POINTS) {
        const end = Math.min(to, start + SPAN_POINTS)
        let sum = 0
        let finite = 0
        for (let i = start; i < end; i++) {
          const v = chunk.value[i]!
          if (v - v !== 0) continue
          sum += v
          finite++
        }
        add(sum, finite, end - start, chunk.step[end - 1]!, chunk.wall[end - 1]!)
      }
    },
  }
  const low = view.steps.low - reachSteps
  new Cover(stored.spans, stored.tails, line.sources, { low, high: view.steps.high, level: view.level }, visitor).run()
  const blocks = { mean: Float64Array.from(mean), count: Float64Array.from(count), step: Float64Array.from(step) }
  const value = smoothBlocks(blocks, smoothing)
  const ends = { step: blocks.step, wall: Float64Array.from(wall), value }
  const columns = new PixelColumns(view.low, view.high, view.width)
  columns.addPoints(axis.kind === 'step' ? ends.step : ends.wall, axis.origin, ends, 0, value.length)
  const { x: smoothX, y: smoothY } = columns.finish()
  const size = Math.round(points / Math.max(1, mean.length))
  return { smoothX, smoothY, smoothExact: false, smoothNote: `Approximate: worked out on the means of blocks of about ${size} points.` }
}
