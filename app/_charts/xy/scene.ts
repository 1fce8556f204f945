import { mixColours } from '../../../core/colour.ts'
import type { Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { plotArea, tickCount, xTicks, xTitle, yTicks } from './axis-layout.ts'
import { bandOutlines } from './bands.ts'
import { widen, xExtent, yExtent } from './extent.ts'
import { legendHeight } from './legend-layout.ts'
import { linePaths, thinDots } from './paths.ts'
import { placeSpans } from './spans.ts'
import {
  MANY_LINES,
  type Mark,
  type NonFinite,
  type Plot,
  type SceneLine,
  type SceneMarker,
  type XyData,
  type XyLine,
  type XyScene,
} from './xy-data.ts'

/** Side of the thinning grid of scatter dots, in pixels. */
export const DOT_CELL = 2
/** Markers of one kind on one line keep this distance, in pixels; the count is in the notes. */
const MARKER_GAP = 6
const NOTHING = new Float64Array(0)
const KINDS: NonFinite[] = ['NaN', '+Inf', '-Inf']

/** Works a chart out to axis ranges, ticks and line coordinates. */
export function xyScene(data: XyData, mark: Mark, look: Look, size: Size): XyScene {
  const x = widen(data.view ?? xExtent(data.lines) ?? [0, 1])
  const { min, max, empty } = yExtent(data, x)
  const above = look.selfContained ? legendHeight(data, look, size.width) : 0
  const rough = plotArea(size, look, [], above)
  // Without a value there is no scale to read.
  const ticks = empty ? [] : yTicks([min, max], data.logY, tickCount(rough.height, look.fontSize * 2.6))
  const plot = plotArea(
    size,
    look,
    ticks.map((tick) => tick.label),
    above,
  )
  const ghostsHidden = mark === 'line' && data.lines.length > MANY_LINES && data.lines.some((line) => line.columns.smoothY.length > 0)
  return {
    data,
    mark,
    theme: look.theme,
    size,
    plot,
    x: { min: x[0], max: x[1], ticks: xTicks(data.x, x, tickCount(plot.width, look.fontSize * 6.5)), title: xTitle(data.x) },
    y: { min, max, ticks, log: data.logY },
    lines: data.lines.map((line) => sceneLine(line, data, mark, { x, y: [min, max] }, plot, ghostsHidden, look)),
    spans: placeSpans(data, x),
    markers: data.lines.flatMap((line) => markersOf(line, x, plot.width)),
    ghostsHidden,
  }
}

function sceneLine(
  line: XyLine,
  data: XyData,
  mark: Mark,
  range: { x: [number, number]; y: [number, number] },
  plot: Plot,
  ghostsHidden: boolean,
  look: Look,
): SceneLine {
  const { raw, smooth, abandoned, lone } = linePaths(line.columns, data.logY)
  const emphasised = data.emphasised?.has(line.key) ?? false
  const dots = mark === 'dots'
  return {
    line,
    raw: dots || (smooth && ghostsHidden && !emphasised) ? NOTHING : raw,
    smooth,
    smoothColour: dots ? mixColours(line.colour, look.text, 0.5) : line.colour,
    abandoned,
    lone: dots ? NOTHING : lone,
    bands: line.band ? bandOutlines(line.band, data.logY) : [],
    dots: dots ? thinDots(raw, range, plot, DOT_CELL) : null,
    faded: data.emphasised != null && !emphasised,
  }
}

function markersOf(line: XyLine, [low, high]: [number, number], width: number): SceneMarker[] {
  const { nonFiniteX, nonFiniteKind } = line.columns
  const order = [...nonFiniteX.keys()].sort((a, b) => nonFiniteX[a]! - nonFiniteX[b]!)
  const gap = ((high - low) / width) * MARKER_GAP
  const last: Partial<Record<NonFinite, number>> = {}
  return order.flatMap((i) => {
    const x = nonFiniteX[i]!
    const kind = KINDS[nonFiniteKind[i] ?? 0] ?? 'NaN'
    if (x < low || x > high || x - (last[kind] ?? Number.NEGATIVE_INFINITY) < gap) return []
    last[kind] = x
    return [{ line, x, kind }]
  })
}
