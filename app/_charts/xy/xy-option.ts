import type { ChartOption, SeriesOption } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { axisParts } from './axis-option.ts'
import { frameOption } from './frame-option.ts'
import { legendItems, legendRowHeight } from './legend-layout.ts'
import { spanSeries } from './spans.ts'
import type { Dash, SceneLine, XyScene } from './xy-data.ts'

const DASHES: Record<Dash, number[] | 'solid'> = { solid: 'solid', dashed: [6, 4], dotted: [1.5, 3] }
/** Opacity of raw values under a smoothed line, as in TensorBoard. */
export const GHOST = 0.25
export const FADED = 0.2
/** Opacity of bands: several over one another must still tell. */
export const BAND = 0.16
export const BAND_FADED = 0.05
/** ECharts takes flat typed arrays of x, y pairs (and is fastest with them); its types do not say so. */
const flat = (data: Float64Array) => data as unknown as number[]
const QUIET = { silent: true, animation: false, emphasis: { disabled: true } } as const

/** The chart as ECharts draws it. With `axesOnly` the lines are left to our canvas layer. */
export function xyOption(scene: XyScene, look: Look, options: { axesOnly?: boolean } = {}): ChartOption {
  const { plot, x, y } = scene
  return {
    ...frameOption(plot, { min: x.min, max: x.max, ticks: x.ticks, name: x.title }, look),
    yAxis: { type: 'value', min: y.min, max: y.max, ...axisParts(y.ticks, look) },
    series: [
      ...spanSeries(scene, look),
      ...(options.axesOnly ? [] : scene.lines.flatMap((line) => [...bandSeries(line), ...lineSeries(line, look)])),
      ...markerSeries(scene, look),
    ],
    graphic: look.selfContained ? headElements(scene, look) : [],
  }
}

/** The spread about a mean, under its line. */
function bandSeries({ line, bands, faded }: SceneLine): SeriesOption[] {
  if (bands.length === 0) return []
  return [
    {
      type: 'custom',
      silent: true,
      animation: false,
      clip: true,
      data: bands.map((_, i) => [i]),
      // Its one number is the place in the list: it must not be taken for an x.
      encode: { x: -1, y: -1 },
      renderItem: (params, api) => {
        const outline = bands[params.dataIndex]
        if (!outline) return null
        const points: number[][] = []
        for (let i = 0; i < outline.length; i += 2) points.push(api.coord([outline[i]!, outline[i + 1]!]))
        return { type: 'polygon', silent: true, shape: { points }, style: { fill: line.colour, opacity: faded ? BAND_FADED : BAND } }
      },
    },
  ]
}

function lineSeries(item: SceneLine, look: Look): SeriesOption[] {
  const { line, raw, smooth, abandoned, dots, lone, faded } = item
  const shade = faded ? FADED : 1
  const path = (data: Float64Array, opacity: number, width: number, dash: number[] | 'solid' = DASHES[line.dash], colour = line.colour) => ({
    ...QUIET,
    type: 'line' as const,
    data: flat(data),
    dimensions: ['x', 'y'],
    showSymbol: false,
    lineStyle: { color: colour, width, opacity: opacity * shade, type: dash, join: 'round' as const },
  })
  const points = (data: Float64Array, size: number, opacity: number) => ({
    ...QUIET,
    type: 'scatter' as const,
    data: flat(data),
    dimensions: ['x', 'y'],
    symbolSize: size,
    progressive: 0,
    itemStyle: { color: line.colour, opacity: opacity * shade },
  })
  return [
    ...(abandoned ? [path(abandoned, 0.7, 1.25, [2, 3])] : []),
    ...(dots && dots.length > 0 ? [points(dots, dotSize(dots), dotOpacity(dots, look.theme))] : []),
    ...(raw.length > 0 ? [path(raw, smooth ? GHOST : 1, smooth ? Math.min(1, look.lineWidth) : look.lineWidth)] : []),
    ...(smooth ? [path(smooth, 1, look.lineWidth + (dots ? 0.5 : 0), DASHES[line.dash], item.smoothColour)] : []),
    ...(lone.length > 0 ? [points(lone, 5, 1)] : []),
  ]
}

/** Few dots may be larger: a lone point must be seen. */
export const dotSize = (dots: Float64Array) => (dots.length < 100 ? 5 : dots.length < 1000 ? 4 : 3)

/** Many dots are faint, so that density shows; on black the same opacity is harder to see. */
export const dotOpacity = (dots: Float64Array, theme: Look['theme']) => (dots.length < 400 ? 0.7 : theme === 'dark' ? 0.5 : 0.3)

/** A cross for NaN, triangles pointing out of the plot for ±Infinity. */
export const MARKER_SYMBOLS = {
  NaN: 'path://M0,1.5L1.5,0L5,3.5L8.5,0L10,1.5L6.5,5L10,8.5L8.5,10L5,6.5L1.5,10L0,8.5L3.5,5Z',
  '+Inf': 'path://M0,10L5,0L10,10Z',
  '-Inf': 'path://M0,0L5,10L10,0Z',
} as const

function markerSeries(scene: XyScene, look: Look): SeriesOption[] {
  if (scene.markers.length === 0) return []
  const inset = ((look.fontSize / 2 + 1) / scene.plot.height) * (scene.y.max - scene.y.min)
  return [
    {
      ...QUIET,
      type: 'scatter',
      progressive: 0,
      data: scene.markers.map(({ line, x, kind }) => ({
        value: [x, kind === '-Inf' ? scene.y.min + inset : scene.y.max - inset],
        symbol: MARKER_SYMBOLS[kind],
        symbolSize: Math.round(look.fontSize * 0.75),
        itemStyle: { color: line.colour, borderColor: look.background, borderWidth: 0.5 },
      })),
    },
  ]
}

function headElements(scene: XyScene, look: Look): NonNullable<ChartOption['graphic']> & unknown[] {
  const text = (words: string, left: number, middle: number, weight: 'normal' | 'bold' = 'normal') => ({
    type: 'text' as const,
    silent: true,
    x: left,
    y: middle,
    style: { text: words, fill: look.text, font: `${weight} ${look.fontSize}px ${look.font}`, verticalAlign: 'middle' as const },
  })
  const row = legendRowHeight(look)
  const first = look.fontSize * 1.9 + 4 + row / 2
  return [
    text(scene.data.title, 12, 4 + look.fontSize * 0.95, 'bold'),
    ...legendItems(scene.data, look, scene.size.width).flatMap((item) => {
      const middle = first + item.row * row
      if (!item.line) return [text(item.text, item.left, middle)]
      const dash = DASHES[item.line.dash]
      const swatch = {
        type: 'line' as const,
        silent: true,
        shape: { x1: item.left, y1: middle, x2: item.left + 16, y2: middle },
        style: { stroke: item.line.colour, lineWidth: look.lineWidth + 0.5, lineDash: dash === 'solid' ? undefined : dash },
      }
      return [swatch, text(item.text, item.left + 21, middle)]
    }),
  ]
}
