import { linearTicks, type Tick } from '../../../core/ticks.ts'
import { truncateMiddle } from '../../../core/truncate-middle.ts'
import type { Size } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import { plotArea, tickCount } from '../xy/axis-layout.ts'
import { widen } from '../xy/extent.ts'
import type { Plot } from '../xy/xy-data.ts'
import { type CellGrid, cellGrid, type HeatmapData } from './cells.ts'
import { markRoom } from './mark-elements.ts'
import { quantityOf } from './quantities.ts'
import { namedRows } from './row-mark.ts'
import { type ColourRange, colourRange } from './scale.ts'

const NAME_MAX = 18

export interface HeatmapScene {
  data: HeatmapData
  size: Size
  plot: Plot
  x: { min: number; max: number; ticks: Tick[] }
  grid: CellGrid
  colours: ColourRange
  /** Layer names as drawn. */
  names: string[]
  /** Rows whose name and mark are drawn. */
  named: number[]
  /** Between names and cells, for the marks; 0 without any. */
  markRoom: number
  /** Top of the colour legend. */
  legendTop: number
}

export function heatmapScene(data: HeatmapData, look: Look, size: Size): HeatmapScene {
  const longest = textWidth('n'.repeat(NAME_MAX), look.fontSize)
  const nameRoom = Math.min(longest, size.width * 0.3)
  const names = data.layers.map(({ layer }) => truncateMiddle(layer, Math.max(6, Math.min(NAME_MAX, Math.floor(nameRoom / (look.fontSize * 0.57))))))
  const legendTop = look.selfContained ? Math.ceil(look.fontSize * 1.9) + 4 : 4
  const room = data.layers.some(({ mark }) => mark) ? markRoom(look) : 0
  const area = plotArea(size, look, names, legendTop + Math.ceil(look.fontSize * 2.4))
  const plot = { ...area, left: area.left + room, width: Math.max(10, area.width - room) }
  // Of many layers every few are named: names on top of one another say nothing.
  const stride = Math.max(1, Math.ceil((names.length * look.fontSize * 1.15) / plot.height))
  const grid = cellGrid(data)
  const [min, max] = widen(data.view ?? grid.range)
  const ticks = linearTicks(min, max, tickCount(plot.width, look.fontSize * 6.5), { integer: true })
  return {
    data,
    size,
    plot,
    x: { min, max, ticks },
    grid,
    colours: colourRange(quantityOf(data.quantity).scale, grid.cells),
    names,
    named: namedRows(data.layers, stride),
    markRoom: room,
    legendTop,
  }
}
