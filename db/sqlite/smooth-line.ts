import type { Smoothing } from '../../core/chart.ts'
import { PixelColumns } from '../../core/downsample.ts'
import { smooth } from '../../core/smoothing/smooth.ts'
import type { Line, StepOrWallAxis } from './chart-reader.ts'
import type { Stored } from './read-line.ts'
import { readLine } from './read-line.ts'

export interface SmoothedLine {
  smoothX: Float64Array
  smoothY: Float64Array
  smoothExact: boolean
  smoothNote: string | null
}

const NONE = new Float64Array(0)

export function smoothLine(
  stored: Stored,
  line: Line,
  axis: StepOrWallAxis,
  steps: { low: number; high: number },
  range: { low: number; high: number; width: number },
  smoothing: Smoothing,
): SmoothedLine {
  if (smoothing.kind === 'none') return { smoothX: NONE, smoothY: NONE, smoothExact: true, smoothNote: null }
  void steps
  const points = readLine(stored, line.sources)
  const value = smooth(points, smoothing)
  const columns = new PixelColumns(range.low, range.high, range.width)
  const x = axis.kind === 'step' ? points.step : points.wall
  columns.addPoints(x, axis.origin, { ...points, value }, 0, value.length)
  const thinned = columns.finish()
  return { smoothX: thinned.x, smoothY: thinned.y, smoothExact: true, smoothNote: null }
}
