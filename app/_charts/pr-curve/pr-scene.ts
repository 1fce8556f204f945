import { mixColours } from '../../../core/colour.ts'
import { formatFigure } from '../../../core/format-number.ts'
import { linearTicks } from '../../../core/ticks.ts'
import { truncateMiddle } from '../../../core/truncate-middle.ts'
import type { Size } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import { type PlotAxis, plotAxes, scaleX, scaleY } from '../shapes/plot-axes.ts'
import { line, type SvgShape, tenth, text } from '../shapes/shape.ts'
import { tickCount } from '../xy/axis-layout.ts'
import type { Dash, Plot } from '../xy/xy-data.ts'
import { curveLook, type PrCurveData } from './pr-data.ts'

export interface PrScene {
  data: PrCurveData
  size: Size
  plot: Plot
  x: PlotAxis
  y: PlotAxis
  /** Top of the legend in the picture; null where the page shows one. */
  legendTop: number | null
}

const LEGEND_MAX = 10
const DASH_ARRAY: Record<Dash, string | null> = { solid: null, dashed: '5 3', dotted: '1.5 2.5' }

/** Lowest precision of the axis: a multiple of 0.05 just below the lowest curve, where that leaves room for nothing else. */
export function lowestPrecision({ value, shown, fitted }: PrCurveData): number {
  if (!fitted) return 0
  // Once every positive is found, lower thresholds only add false ones: that tail is on no interesting part of the curve.
  const gaining = shown.flatMap((index) => {
    const { precision, recall } = value.curves[index]!
    return precision.filter((_, i) => recall[i]! > (recall[i - 1] ?? 0))
  })
  const lowest = gaining.reduce((low, one) => Math.min(low, one), 1)
  return Math.max(0, Math.min(0.95, Math.floor(lowest * 20 - 1e-9) / 20))
}

export function prScene(data: PrCurveData, look: Look, size: Size): PrScene {
  const title = look.selfContained ? Math.ceil(look.fontSize * 1.9) + 4 : 8
  const side = look.selfContained && data.shown.length > 0 ? legendWidth(data, look, size) : 0
  const left = Math.ceil(look.fontSize * 1.6 + textWidth('0.95', look.fontSize)) + 12
  const bottom = Math.ceil(look.fontSize * 3) + 10
  const plot = { left, top: title, width: Math.max(20, size.width - left - 14 - side), height: Math.max(20, size.height - title - bottom) }
  const low = lowestPrecision(data)
  return {
    data,
    size,
    plot,
    x: { min: 0, max: 1, ticks: linearTicks(0, 1, tickCount(plot.width, 44)), name: 'recall' },
    y: { min: low, max: 1, ticks: linearTicks(low, 1, tickCount(plot.height, 32)), name: 'precision' },
    legendTop: look.selfContained ? title : null,
  }
}

export function prShapes(scene: PrScene, look: Look): SvgShape[] {
  const { data, plot, x, y, legendTop } = scene
  const ordered = [...data.shown].sort((a, b) => Number(a === data.emphasised) - Number(b === data.emphasised))
  return [
    ...(legendTop === null ? [] : [text(data.title, 12, look.fontSize * 0.95 + 4, look, { fill: look.text, bold: true })]),
    ...plotAxes(plot, x, y, look),
    ...ordered.filter((index) => data.value.curves[index]!.recall.length > 0).map((index) => curve(scene, index, look)),
    ...(legendTop === null ? [] : legend(scene, legendTop, look)),
  ]
}

/** Steps: the precision of a threshold holds for the recall it gains, which is how average precision adds up. */
function curve(scene: PrScene, index: number, look: Look): SvgShape {
  const { data, plot, x, y } = scene
  const { precision, recall } = data.value.curves[index]!
  const { colour, dash } = curveLook(index)
  const faded = data.emphasised !== undefined && data.emphasised !== null && data.emphasised !== index
  let d = ''
  let before = 0
  recall.forEach((one, i) => {
    const top = tenth(scaleY(plot, y, Math.max(y.min, precision[i]!)))
    d += `${i === 0 ? `M${tenth(scaleX(plot, x, before))} ${top}` : `V${top}`}H${tenth(scaleX(plot, x, one))}`
    before = one
  })
  const array = DASH_ARRAY[dash]
  return {
    tag: 'path',
    attributes: {
      d,
      fill: 'none',
      stroke: faded ? mixColours(colour, look.background, 0.75) : colour,
      'stroke-width': index === data.emphasised ? look.lineWidth * 1.7 : look.lineWidth,
      'stroke-linejoin': 'round',
      ...(array && { 'stroke-dasharray': array }),
    },
  }
}

export function averagePrecisionText(averagePrecision: number | null): string {
  return averagePrecision === null ? 'no positives' : `AP ${formatFigure(averagePrecision, 3)}`
}

/** Longest name in the legend of a picture: a narrow one is for the curves. */
const nameMax = (size: Size) => (size.width < 400 ? 8 : 18)
const legendText = ({ value }: PrCurveData, index: number, size: Size) =>
  `${truncateMiddle(value.curves[index]!.class, nameMax(size))} ${averagePrecisionText(value.curves[index]!.averagePrecision)}`

function legendWidth(data: PrCurveData, look: Look, size: Size): number {
  return Math.ceil(Math.max(...data.shown.slice(0, LEGEND_MAX).map((index) => textWidth(legendText(data, index, size), look.fontSize)))) + 34
}

function legend({ data, plot, size }: PrScene, top: number, look: Look): SvgShape[] {
  const left = plot.left + plot.width + 12
  const row = look.fontSize * 1.35
  const more = data.shown.length - LEGEND_MAX
  const at = (i: number) => top + look.fontSize * 0.7 + i * row
  return [
    ...data.shown.slice(0, LEGEND_MAX).flatMap((index, i) => {
      const { colour, dash } = curveLook(index)
      const array = DASH_ARRAY[dash]
      const swatch = line(left, at(i), left + 16, at(i), colour, look.lineWidth)
      return [
        array ? { ...swatch, attributes: { ...swatch.attributes, 'stroke-dasharray': array } } : swatch,
        text(legendText(data, index, size), left + 20, at(i), look, { fill: look.text }),
      ]
    }),
    ...(more > 0 ? [text(`and ${more} more`, left + 20, at(LEGEND_MAX), look, { fill: look.muted })] : []),
  ]
}
