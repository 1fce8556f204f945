import { SPLIT_COLOURS } from '../../../core/colour.ts'
import type { ChartOption, Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { xyScene } from '../xy/scene.ts'
import type { Dash, XyData } from '../xy/xy-data.ts'
import { xyOption } from '../xy/xy-option.ts'

const SPLIT_DASHES: Record<'train' | 'val' | 'test', Dash> = { train: 'dashed', val: 'solid', test: 'dotted' }

/** One run: the colour tells the split. Several runs: the colour tells the run, dashes the split (train dashed, val solid, test dotted). */
export function styleSplits(data: XyData): XyData {
  const single = new Set(data.lines.map((line) => line.runId)).size === 1
  const lines = data.lines.map((line) => {
    if (!line.split) return line
    return single ? { ...line, colour: SPLIT_COLOURS[line.split], dash: 'solid' as const } : { ...line, dash: SPLIT_DASHES[line.split] }
  })
  return { ...data, lines }
}

/** At most this many points count as one per epoch. */
const FEW = 100

/**
 * Lines of few points (validation, once per epoch) are shown as logged: a moving average over so few would lag by whole epochs and
 * hide the very turn that tells overfitting. The notes say so.
 */
export function keepFewPoints(data: XyData): XyData {
  const none = new Float64Array(0)
  const lines = data.lines.map((line) =>
    line.columns.total <= FEW && line.columns.smoothY.length > 0 ? { ...line, columns: { ...line.columns, smoothX: none, smoothY: none } } : line,
  )
  return { ...data, lines }
}

/** Training and validation of one metric on the same axes. */
export function trainValOption(data: XyData, look: Look, size: Size): ChartOption {
  return xyOption(xyScene(styleSplits(keepFewPoints(data)), 'line', look, size), look)
}
