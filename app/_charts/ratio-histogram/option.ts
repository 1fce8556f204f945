import type { ChartOption, CustomShape, SeriesOption, Size } from '../chart-kind.ts'
import { BAND, GUIDE } from '../heatmap/ratio-guide.ts'
import type { Look } from '../look.ts'
import { HEADROOM, RIDGES, ridgeTicks } from '../shapes/ridge.ts'
import { plotArea } from '../xy/axis-layout.ts'
import { axisParts } from '../xy/axis-option.ts'
import { frameOption } from '../xy/frame-option.ts'
import { barShapes, barTicks } from './bars.ts'
import { type RatioFrame, ratioX } from './frame.ts'
import { medianShapes, ratioRidge } from './ridges.ts'
import { binned, decadeRange, mergeSlices, type RatioHistogramData } from './slices.ts'

/** Histogram of log10 |Δw| / |w|: slices over steps as ridges, or one slice as bars; the guide at 1e-3 and the usual band behind. */
export function ratioHistogramOption(data: RatioHistogramData, look: Look, size: Size): ChartOption {
  const single = data.view === 'single'
  const slices = single ? data.slices.slice(data.index, data.index + 1) : mergeSlices(data.slices, RIDGES)
  const [low, high] = decadeRange(data.slices)
  const above = look.selfContained ? Math.ceil(look.fontSize * 1.9) + 4 : 0
  const ticks = single ? barTicks(slices[0], size.height - 60) : ridgeTicks(slices)
  const labels = ticks.map((tick) => tick.label)
  const plot = plotArea(size, look, labels, above + Math.ceil(look.fontSize * 1.2))
  const frame: RatioFrame = { plot, low, high, slices }
  const top = single ? ticks.top : slices.length
  const decades = Array.from({ length: high - low + 1 }, (_, i) => low + i)
  const stride = plot.width / decades.length < look.fontSize * 3.2 ? 2 : 1
  const xTicks = decades
    .filter((power) => (power - GUIDE) % stride === 0)
    .map((power) => ({ value: power, label: power === 0 ? '1' : power > 0 ? `${10 ** power}` : `1e${power}` }))
  const custom = (count: number, render: (index: number) => CustomShape[]): SeriesOption => ({
    type: 'custom',
    silent: true,
    animation: false,
    clip: true,
    data: Array.from({ length: count }, (_, i) => i),
    encode: { x: -1, y: -1 },
    renderItem: (params) => ({ type: 'group', children: render(params.dataIndex) }),
  })
  return {
    ...frameOption(plot, { min: low, max: high, ticks: xTicks, name: '|Δw| / |w| per weight' }, look),
    yAxis: {
      type: 'value',
      min: single ? 0 : -HEADROOM,
      max: Math.max(top, 1e-9),
      inverse: !single,
      ...axisParts(ticks, look),
      ...(single ? {} : { axisLine: { show: false }, axisTick: { show: false } }),
      splitLine: { show: single, lineStyle: { color: look.grid } },
    },
    series: [
      custom(1, () => [bandShape(frame, look)]),
      single ? custom(slices.length, () => barShapes(frame, look, ticks.top)) : custom(slices.length, (index) => ratioRidge(frame, look, index)),
      custom(1, () => [guideShape(frame, look), ...(single ? [] : medianShapes(frame, look))]),
    ],
    graphic: [
      ...(look.selfContained
        ? [
            {
              type: 'text' as const,
              silent: true,
              x: 12,
              y: 4 + look.fontSize * 0.95,
              style: { text: data.title, fill: look.text, font: `bold ${look.fontSize}px ${look.font}`, verticalAlign: 'middle' as const },
            },
          ]
        : []),
      ...(slices.length > 0 && slices.every(({ histogram }) => binned(histogram) === 0)
        ? [
            {
              type: 'text' as const,
              silent: true,
              x: plot.left + plot.width / 2,
              y: plot.top + plot.height / 2,
              style: {
                text: 'no weight has a ratio in this range',
                fill: look.muted,
                font: `${look.fontSize}px ${look.font}`,
                align: 'center' as const,
              },
            },
          ]
        : []),
      {
        type: 'text',
        silent: true,
        x: ratioX(frame, GUIDE),
        y: plot.top - look.fontSize * 0.7,
        style: { text: '1e-3', fill: look.muted, font: `bold ${look.fontSize - 1}px ${look.font}`, align: 'center', verticalAlign: 'middle' },
      },
    ],
  }
}

function bandShape(frame: RatioFrame, look: Look): CustomShape {
  const { plot } = frame
  const [left, right] = [ratioX(frame, BAND[0]), ratioX(frame, BAND[1])]
  return { type: 'rect', shape: { x: left, y: plot.top, width: right - left, height: plot.height }, style: { fill: look.band } }
}

function guideShape(frame: RatioFrame, look: Look): CustomShape {
  const { plot } = frame
  const middle = ratioX(frame, GUIDE)
  const shape = { x1: middle, y1: plot.top, x2: middle, y2: plot.top + plot.height }
  return { type: 'line', shape, style: { stroke: look.muted, lineWidth: 1, lineDash: [4, 3] } }
}
