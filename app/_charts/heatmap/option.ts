import type { CustomSeriesRenderItemReturn } from 'echarts'
import type { ChartOption, Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { axisParts } from '../xy/axis-option.ts'
import { frameOption } from '../xy/frame-option.ts'
import type { Cell, HeatmapData } from './cells.ts'
import { legendElements } from './colour-legend.ts'
import { crossedCell } from './crossed-cell.ts'
import { type HeatmapScene, heatmapScene } from './layout.ts'
import { cellKind, ratioColour, ZERO_COLOUR } from './ratio-colour.ts'

/** Layer × step: colour is log10 of the update ratio around 1e-3. */
export function heatmapOption(data: HeatmapData, look: Look, size: Size): ChartOption {
  return heatmapSceneOption(heatmapScene(data, look, size), look)
}

export function heatmapSceneOption(scene: HeatmapScene, look: Look): ChartOption {
  const { plot, x, grid, names } = scene
  const rows = names.map((name, row) => ({ value: row + 0.5, label: name }))
  return {
    ...frameOption(plot, { min: x.min, max: x.max, ticks: x.ticks, name: 'step' }, look),
    yAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1, names.length),
      inverse: true,
      ...axisParts(rows, look),
      axisTick: { show: false },
      axisLine: { show: false },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'custom',
        silent: true,
        animation: false,
        clip: true,
        data: grid.cells.map((_, index) => index),
        encode: { x: -1, y: -1 },
        renderItem: (params): CustomSeriesRenderItemReturn => cellShape(scene, grid.cells[params.dataIndex]!, look),
      },
    ],
    graphic: legendElements(scene, look),
  }
}

/** Rounded to whole pixels so that neighbours touch without seams. */
function cellShape({ plot, x, names }: HeatmapScene, cell: Cell, look: Look): CustomSeriesRenderItemReturn {
  const scale = plot.width / (x.max - x.min)
  const clamp = (value: number) => Math.min(plot.left + plot.width, Math.max(plot.left, value))
  const left = Math.round(clamp(plot.left + (cell.from - x.min) * scale))
  const right = Math.round(clamp(plot.left + (cell.to - x.min) * scale))
  const top = Math.round(plot.top + (cell.row * plot.height) / names.length)
  const bottom = Math.round(plot.top + ((cell.row + 1) * plot.height) / names.length) - 1
  const shape = { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
  const kind = cellKind(cell)
  if (kind === 'ratio') return { type: 'rect', shape, style: { fill: ratioColour(cell.median, look.theme) } }
  if (kind === 'zero') return { type: 'rect', shape, style: { fill: ZERO_COLOUR[look.theme] } }
  return { type: 'group', children: crossedCell(shape, look) }
}
