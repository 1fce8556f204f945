import type { ChartOption, Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { xyScene } from '../xy/scene.ts'
import type { XyData } from '../xy/xy-data.ts'
import { xyOption } from '../xy/xy-option.ts'

/** One metric, one line per run: raw values as a faint ghost, the smoothed line over them. */
export function scalarOption(data: XyData, look: Look, size: Size): ChartOption {
  return xyOption(xyScene(data, 'line', look, size), look)
}
