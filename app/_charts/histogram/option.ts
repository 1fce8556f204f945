import { linearTicks } from '../../../core/ticks.ts'
import type { ChartOption, CustomShape, SeriesOption, Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { HEADROOM, RIDGES, ridgeDot, ridgeShapes, ridgeTicks } from '../shapes/ridge.ts'
import { plotArea, tickCount } from '../xy/axis-layout.ts'
import { axisParts } from '../xy/axis-option.ts'
import { frameOption } from '../xy/frame-option.ts'
import type { Plot } from '../xy/xy-data.ts'
import { bandShapes } from './bands.ts'
import { DRAWN_BINS, type HistogramData, quantiles, range, rebin, spread } from './slices.ts'

/** A histogram over steps as bands of quantiles, as ridges, or one step as bars. */
export function histogramOption(data: HistogramData, look: Look, size: Size): ChartOption {
  if (data.view === 'bands') return bandsOption(data, look, size)
  return data.view === 'ridgeline' ? ridgesOption(data, look, size) : barsOption(data, look, size)
}

const aboveOf = (look: Look) => (look.selfContained ? Math.ceil(look.fontSize * 1.9) + 4 : 0)
/** Room for labels below (px), before the plot area is known. */
const BELOW = 60

function bandsOption(data: HistogramData, look: Look, size: Size): ChartOption {
  const { slices } = data
  const values = padded(range(slices) ?? [0, 1])
  const steps: [number, number] = [slices[0]?.step ?? 0, slices.at(-1)?.step ?? 1]
  const yTicks = linearTicks(values[0], values[1], tickCount(size.height - BELOW, 40))
  const plot = plotArea(size, look, labels(yTicks), aboveOf(look))
  const xAxis = {
    min: steps[0] === steps[1] ? steps[0] - 1 : steps[0],
    max: steps[0] === steps[1] ? steps[1] + 1 : steps[1],
    ticks: linearTicks(steps[0], steps[1], tickCount(plot.width, 70), { integer: true }),
    name: 'step',
  }
  return {
    ...frameOption(plot, xAxis, look),
    yAxis: { type: 'value', min: values[0], max: values[1], ...axisParts(yTicks, look), splitLine: { show: true, lineStyle: { color: look.grid } } },
    series: [shapes(bandShapes({ plot, steps, values }, slices, look))],
    graphic: texts(data, plot, look),
  }
}

function ridgesOption(data: HistogramData, look: Look, size: Size): ChartOption {
  const slices = spread(data.slices, RIDGES)
  const across = padded(range(slices) ?? [0, 1])
  const ticks = ridgeTicks(slices.map(({ step }) => ({ firstStep: step, lastStep: step })))
  const plot = plotArea(size, look, labels(ticks), aboveOf(look))
  const ridges = slices.flatMap(({ histogram }, index) => {
    const counts = rebin(histogram, across)
    const peak = Math.max(...counts)
    const bins = counts.map((count, bin) => ({ ...binEdges(plot, bin), height: peak > 0 ? count / peak : 0 }))
    return ridgeShapes(plot, look, slices.length, index, bins)
  })
  const medians = slices.flatMap((slice, index): CustomShape[] => {
    const median = quantiles(slice)?.[3]
    return median === undefined ? [] : [ridgeDot(plot, look, slices.length, index, valueX(plot, across, median))]
  })
  return {
    ...frameOption(plot, valueAxis(plot, across), look),
    yAxis: {
      type: 'value',
      min: -HEADROOM,
      max: Math.max(slices.length, 1e-9),
      inverse: true,
      ...axisParts(ticks, look),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    series: [shapes([...ridges, ...medians])],
    graphic: texts(data, plot, look),
  }
}

function barsOption(data: HistogramData, look: Look, size: Size): ChartOption {
  const slice = data.slices[data.index]
  const across = padded((slice && range([slice])) ?? [0, 1])
  const counts = slice ? rebin(slice.histogram, across) : []
  const top = Math.max(1, ...counts) * 1.08
  const ticks = linearTicks(0, top, tickCount(size.height - BELOW, 40))
  const plot = plotArea(size, look, labels(ticks), aboveOf(look))
  const bottom = plot.top + plot.height
  const bars = counts.flatMap((count, bin): CustomShape[] => {
    if (count === 0) return []
    const { left, right } = binEdges(plot, bin)
    const height = Math.max(1, (count / top) * plot.height)
    return [{ type: 'rect', shape: { x: left, y: bottom - height, width: Math.max(1, right - left - 0.5), height }, style: { fill: look.accent } }]
  })
  const median = slice && quantiles(slice)?.[3]
  if (median !== undefined) {
    const x = valueX(plot, across, median)
    bars.push({ type: 'line', shape: { x1: x, y1: plot.top, x2: x, y2: bottom }, style: { stroke: look.text, lineWidth: 1 } })
  }
  return {
    ...frameOption(plot, valueAxis(plot, across), look),
    yAxis: { type: 'value', min: 0, max: top, ...axisParts(ticks, look), splitLine: { show: true, lineStyle: { color: look.grid } } },
    series: [shapes(bars)],
    graphic: texts(data, plot, look),
  }
}

const labels = (ticks: readonly { label: string }[]) => ticks.map((tick) => tick.label)

const HUGE = 1e300
const TINY = 1e-290

/** ECharts cannot draw an axis whose ends it cannot tell apart. */
function padded([low, high]: [number, number]): [number, number] {
  // Near the ends of what a double can hold, sums and differences overflow or vanish.
  if (!(high - low <= HUGE)) return [Math.max(low, -HUGE), Math.min(high, HUGE)]
  const size = Math.max(Math.abs(low), Math.abs(high), TINY)
  if (high - low > size * 1e-9) return [low, high]
  return [Math.max(low - size * 1e-3, -Number.MAX_VALUE), Math.min(high + size * 1e-3, Number.MAX_VALUE)]
}

function valueAxis(plot: Plot, [min, max]: [number, number]) {
  return { min, max, ticks: linearTicks(min, max, tickCount(plot.width, 70)), name: 'value' }
}

const valueX = (plot: Plot, [low, high]: [number, number], value: number) => plot.left + ((value - low) / (high - low)) * plot.width

function binEdges(plot: Plot, bin: number): { left: number; right: number } {
  return { left: plot.left + (bin / DRAWN_BINS) * plot.width, right: plot.left + ((bin + 1) / DRAWN_BINS) * plot.width }
}

function shapes(children: CustomShape[]): SeriesOption {
  return {
    type: 'custom',
    silent: true,
    animation: false,
    clip: true,
    data: [0],
    encode: { x: -1, y: -1 },
    renderItem: () => ({ type: 'group', children }),
  }
}

function texts(data: HistogramData, plot: Plot, look: Look) {
  const font = `${look.fontSize}px ${look.font}`
  const title = { text: data.title, fill: look.text, font: `bold ${font}`, verticalAlign: 'middle' as const }
  const shown = data.view === 'single' ? data.slices.slice(data.index, data.index + 1) : data.slices
  const nothing = { text: 'no finite value was counted', fill: look.muted, font, align: 'center' as const }
  return [
    ...(look.selfContained ? [{ type: 'text' as const, silent: true, x: 12, y: 4 + look.fontSize * 0.95, style: title }] : []),
    ...(shown.length > 0 && range(shown) === null
      ? [{ type: 'text' as const, silent: true, x: plot.left + plot.width / 2, y: plot.top + plot.height / 2, style: nothing }]
      : []),
  ]
}
