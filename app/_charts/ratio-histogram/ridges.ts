import { LOG10_RATIO } from '../../../core/kinds/histogram.ts'
import type { CustomShape } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { ridgeDot, ridgeShapes } from '../shapes/ridge.ts'
import { type RatioFrame, ratioX } from './frame.ts'
import { medianLog } from './slices.ts'

const WIDTH = (LOG10_RATIO.high - LOG10_RATIO.low) / LOG10_RATIO.bins

/** Slice `index` as a filled outline over its own base line, scaled to its own peak. */
export function ratioRidge(frame: RatioFrame, look: Look, index: number): CustomShape[] {
  const { plot, slices } = frame
  const { counts } = slices[index]!.histogram
  const peak = Math.max(...counts)
  const bins = counts.map((count, bin) => ({
    left: ratioX(frame, LOG10_RATIO.low + bin * WIDTH),
    right: ratioX(frame, LOG10_RATIO.low + (bin + 1) * WIDTH),
    height: peak > 0 ? count / peak : 0,
  }))
  return ridgeShapes(plot, look, slices.length, index, bins)
}

/** The medians of all slices as dots on their base lines, over every ridge. */
export function medianShapes(frame: RatioFrame, look: Look): CustomShape[] {
  const { plot, slices } = frame
  return slices.flatMap(({ histogram }, index): CustomShape[] => {
    const median = medianLog(histogram)
    return Number.isFinite(median) ? [ridgeDot(plot, look, slices.length, index, ratioX(frame, median))] : []
  })
}
