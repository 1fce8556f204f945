import type { ChartOption, Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { xyScene } from '../xy/scene.ts'
import type { XyData } from '../xy/xy-data.ts'
import { xyOption } from '../xy/xy-option.ts'

/** Every minibatch loss as a small dot and the moving average over them. */
export function scatterOption(data: XyData, look: Look, size: Size): ChartOption {
  return xyOption(xyScene(data, 'dots', look, size), look)
}
