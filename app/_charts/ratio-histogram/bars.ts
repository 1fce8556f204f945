import { LOG10_RATIO } from '../../../core/kinds/histogram.ts'
import { linearTicks, type Tick } from '../../../core/ticks.ts'
import type { CustomShape } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { tickCount } from '../xy/axis-layout.ts'
import { type RatioFrame, ratioX } from './frame.ts'
import { elements, medianLog, type Slice } from './slices.ts'

const WIDTH = (LOG10_RATIO.high - LOG10_RATIO.low) / LOG10_RATIO.bins

/** Ticks in percent of all weights; `top` is the end of the axis. */
export function barTicks(slice: Slice | undefined, height: number): Tick[] & { top: number } {
  const total = slice ? elements(slice.histogram) : 0
  const peak = slice && total > 0 ? (100 * Math.max(...slice.histogram.counts)) / total : 0
  const top = peak > 0 ? peak * 1.08 : 1
  return Object.assign(
    linearTicks(0, top, tickCount(height, 40)).map((tick) => ({ value: tick.value, label: `${tick.label} %` })),
    { top },
  )
}

/** One bar per eighth of a decade, and the median as a line. */
export function barShapes(frame: RatioFrame, look: Look, top: number): CustomShape[] {
  const { plot, slices } = frame
  const { histogram } = slices[0]!
  const total = elements(histogram)
  const bottom = plot.top + plot.height
  const bars = histogram.counts.flatMap((count, bin): CustomShape[] => {
    if (count === 0) return []
    const left = ratioX(frame, LOG10_RATIO.low + bin * WIDTH)
    const right = ratioX(frame, LOG10_RATIO.low + (bin + 1) * WIDTH)
    const height = Math.max(1, ((100 * count) / total / top) * plot.height)
    return [{ type: 'rect', shape: { x: left, y: bottom - height, width: Math.max(1, right - left - 0.5), height }, style: { fill: look.accent } }]
  })
  const median = medianLog(histogram)
  if (!Number.isFinite(median)) return bars
  const x = ratioX(frame, median)
  return [...bars, { type: 'line', shape: { x1: x, y1: plot.top, x2: x, y2: bottom }, style: { stroke: look.text, lineWidth: 1 } }]
}
