import type { CustomSeriesRenderItemReturn } from 'echarts'
import type { ChartOption, Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { axisParts } from '../xy/axis-option.ts'
import { frameOption } from '../xy/frame-option.ts'
import type { Cell, Gap, HeatmapData } from './cells.ts'
import { legendElements } from './colour-legend.ts'
import { crossedCell, slashedCell } from './crossed-cell.ts'
import { type HeatmapScene, heatmapScene } from './layout.ts'
import { markElements } from './mark-elements.ts'
import { cellKind, placeColour, ZERO_COLOUR } from './scale.ts'

/** Layer × step: the colour is the value, on the scale of its quantity. */
export function heatmapOption(data: HeatmapData, look: Look, size: Size): ChartOption {
  return heatmapSceneOption(heatmapScene(data, look, size), look)
}

export function heatmapSceneOption(scene: HeatmapScene, look: Look): ChartOption {
  const { plot, x, grid, names } = scene
  const { axisLabel, ...axis } = axisParts(
    scene.named.map((row) => ({ value: row + 0.5, label: names[row]! })),
    look,
  )
  return {
    ...frameOption(plot, { min: x.min, max: x.max, ticks: x.ticks, name: 'step' }, look),
    yAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1, names.length),
      inverse: true,
      ...axis,
      axisLabel: { ...axisLabel, margin: axisLabel.margin + scene.markRoom },
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
        data: Array.from({ length: grid.cells.length + grid.gaps.length }, (_, index) => index),
        encode: { x: -1, y: -1 },
        renderItem: ({ dataIndex: index }): CustomSeriesRenderItemReturn =>
          index < grid.cells.length ? cellShape(scene, grid.cells[index]!, look) : gapShape(scene, grid.gaps[index - grid.cells.length]!, look),
      },
    ],
    graphic: [...legendElements(scene, look), ...markElements(scene, look)],
  }
}

function cellShape(scene: HeatmapScene, cell: Cell, look: Look): CustomSeriesRenderItemReturn {
  const shape = box(scene, cell)
  const kind = cellKind(cell)
  if (kind === 'value') return { type: 'rect', shape, style: { fill: placeColour(scene.colours, cell.median, look.theme) } }
  if (kind === 'zero') return { type: 'rect', shape, style: { fill: ZERO_COLOUR[look.theme] } }
  return { type: 'group', children: crossedCell(shape, look) }
}

function gapShape(scene: HeatmapScene, gap: Gap, look: Look): CustomSeriesRenderItemReturn {
  return { type: 'group', children: slashedCell(box(scene, gap), look) }
}

/** Rounded to whole pixels so that neighbours touch without seams. */
function box({ plot, x, names }: HeatmapScene, { row, from, to }: Gap) {
  const scale = plot.width / (x.max - x.min)
  const clamp = (value: number) => Math.min(plot.left + plot.width, Math.max(plot.left, value))
  const left = Math.round(clamp(plot.left + (from - x.min) * scale))
  const right = Math.round(clamp(plot.left + (to - x.min) * scale))
  const top = Math.round(plot.top + (row * plot.height) / names.length)
  const bottom = Math.round(plot.top + ((row + 1) * plot.height) / names.length) - 1
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) }
}
