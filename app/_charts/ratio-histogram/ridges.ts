import { mixColours } from '../../../core/colour.ts'
import { LOG10_RATIO } from '../../../core/kinds/histogram.ts'
import { formatTick } from '../../../core/tick-text.ts'
import type { Tick } from '../../../core/ticks.ts'
import type { CustomShape } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { type RatioFrame, ratioX } from './frame.ts'
import { medianLog, type Slice } from './slices.ts'

const WIDTH = (LOG10_RATIO.high - LOG10_RATIO.low) / LOG10_RATIO.bins
/** How many rows high the peak of a ridge is. */
const OVERLAP = 2.4
/** Rows above the first base line: room for its peak. */
export const HEADROOM = OVERLAP - 0.9

/** A label per slice, as many as fit: the step it begins with. */
export function ridgeTicks(slices: Slice[]): Tick[] & { top: number } {
  const stride = Math.max(1, Math.ceil(slices.length / 8))
  const last = slices.length - 1
  const largest = slices.at(-1)?.lastStep ?? 0
  const ticks = slices.flatMap((slice, i) =>
    (last - i) % stride === 0 ? [{ value: i + 1, label: formatTick(slice.firstStep, tickSpacing(largest), Math.abs(largest)) }] : [],
  )
  return Object.assign(ticks, { top: slices.length })
}

/** Steps are whole; above 10,000 they are written as k with one decimal. */
const tickSpacing = (largest: number) => (Math.abs(largest) < 1e4 ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(largest))) - 2))

function baseLine({ plot, slices }: RatioFrame, index: number): { base: number; row: number } {
  const row = plot.height / (slices.length + HEADROOM)
  return { base: Math.round(plot.top + (HEADROOM + index + 1) * row) - 0.5, row }
}

/** Slice `index` as a filled outline over its own base line; oldest at the back. */
export function ridgeShapes(frame: RatioFrame, look: Look, index: number): CustomShape[] {
  const { plot, slices } = frame
  const { histogram } = slices[index]!
  const { base, row } = baseLine(frame, index)
  const peak = Math.max(...histogram.counts)
  const height = row * OVERLAP
  const points: [number, number][] = []
  histogram.counts.forEach((count, bin) => {
    const y = peak > 0 ? base - (count / peak) * height : base
    points.push([ratioX(frame, LOG10_RATIO.low + bin * WIDTH), y], [ratioX(frame, LOG10_RATIO.low + (bin + 1) * WIDTH), y])
  })
  const first = Math.max(0, points.findIndex(([, y]) => y < base) - 1)
  const end = points.findLastIndex(([, y]) => y < base) + 2
  const outline: [number, number][] = peak > 0 ? points.slice(first, end) : []
  const age = slices.length > 1 ? index / (slices.length - 1) : 1
  const colour = mixColours(look.theme === 'dark' ? '#4a4e58' : '#b9bcc6', look.accent, 0.25 + 0.75 * age)
  const closed: [number, number][] = outline.length > 0 ? [[outline[0]![0], base], ...outline, [outline.at(-1)![0], base]] : []
  const body: CustomShape[] =
    closed.length === 0
      ? []
      : [
          { type: 'polygon', shape: { points: closed }, style: { fill: look.background, opacity: 0.75 } },
          { type: 'polygon', shape: { points: closed }, style: { fill: colour, opacity: 0.3 } },
          { type: 'polyline', shape: { points: closed }, style: { stroke: colour, fill: 'none', lineWidth: 1 } },
        ]
  return [
    { type: 'line', shape: { x1: plot.left, y1: base, x2: plot.left + plot.width, y2: base }, style: { stroke: look.grid, lineWidth: 1 } },
    ...body,
  ]
}

/** The medians of all slices as dots on their base lines, over every ridge. */
export function medianShapes(frame: RatioFrame, look: Look): CustomShape[] {
  return frame.slices.flatMap(({ histogram }, index): CustomShape[] => {
    const median = medianLog(histogram)
    if (!Number.isFinite(median)) return []
    const { base } = baseLine(frame, index)
    return [
      { type: 'circle', shape: { cx: ratioX(frame, median), cy: base, r: 2 }, style: { fill: look.text, stroke: look.background, lineWidth: 0.75 } },
    ]
  })
}
