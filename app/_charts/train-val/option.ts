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

/** Training and validation of one metric on the same axes. */
export function trainValOption(data: XyData, look: Look, size: Size): ChartOption {
  return xyOption(xyScene(styleSplits(data), 'line', look, size), look)
}
