import type { Tick } from '../../../core/ticks.ts'
import type { Look } from '../look.ts'
import type { Plot } from '../xy/xy-data.ts'
import { line, type SvgShape, text } from './shape.ts'

/** One axis with ticks that we placed ourselves. */
export interface PlotAxis {
  min: number
  max: number
  ticks: Tick[]
  name: string
}

export const scaleX = (plot: Plot, { min, max }: PlotAxis, x: number) => plot.left + ((x - min) / (max - min)) * plot.width
export const scaleY = (plot: Plot, { min, max }: PlotAxis, y: number) => plot.top + (1 - (y - min) / (max - min)) * plot.height

/** Grid, axes, ticks and names about a plot area. */
export function plotAxes(plot: Plot, x: PlotAxis, y: PlotAxis, look: Look): SvgShape[] {
  const [left, right, bottom] = [plot.left, plot.left + plot.width, plot.top + plot.height]
  const label = { fill: look.muted } as const
  return [
    ...y.ticks.flatMap((tick) => {
      const at = scaleY(plot, y, tick.value)
      return [
        line(left, Math.round(at) + 0.5, right, Math.round(at) + 0.5, look.grid),
        text(tick.label, left - 8, at, look, { ...label, anchor: 'end' }),
      ]
    }),
    ...x.ticks.flatMap((tick) => {
      const at = scaleX(plot, x, tick.value)
      return [
        line(Math.round(at) + 0.5, bottom, Math.round(at) + 0.5, bottom + 4, look.axis),
        text(tick.label, at, bottom + 8 + look.fontSize * 0.4, look, { ...label, anchor: 'middle' }),
      ]
    }),
    line(left, bottom + 0.5, right, bottom + 0.5, look.axis),
    line(left + 0.5, plot.top, left + 0.5, bottom, look.axis),
    text(x.name, left + plot.width / 2, bottom + look.fontSize * 2.4 + 4, look, { ...label, anchor: 'middle' }),
    text(y.name, look.fontSize * 0.8, plot.top + plot.height / 2, look, { ...label, anchor: 'middle', turned: -90 }),
  ]
}
