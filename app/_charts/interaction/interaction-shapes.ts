import { linearTicks } from '../../../core/ticks.ts'
import { truncateMiddle } from '../../../core/truncate-middle.ts'
import type { Size } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import { type PlotAxis, plotAxes, scaleX, scaleY } from '../shapes/plot-axes.ts'
import { line, type SvgShape, tenth, text } from '../shapes/shape.ts'
import { tickCount } from '../xy/axis-layout.ts'
import type { Plot } from '../xy/xy-data.ts'
import { INTERACTION_COLOURS, type InteractionData, type InteractionPoint } from './interaction-data.ts'

export interface InteractionScene {
  data: InteractionData
  plot: Plot
  x: PlotAxis
  /** In the shown unit. */
  y: PlotAxis
  power: number
}

const X = { low: 0, high: 1 } as const
/** Lines stand a little apart, so that their intervals do not hide each other. */
const APART = 0.02

export function interactionScene(data: InteractionData, look: Look, size: Size): InteractionScene {
  const power = data.unit === '%' ? 100 : 1
  const values = data.lines.flatMap(({ points }) =>
    points.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean].map((value) => value * power)),
  )
  const [least, most] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1]
  const room = most > least ? (most - least) * 0.08 : Math.max(Math.abs(most) * 0.05, 1e-6)
  const [min, max] = [least - room, most + room]
  const top = look.selfContained ? Math.ceil(look.fontSize * 1.9) + 4 : 8
  const right = Math.min(size.width * 0.34, Math.max(40, ...data.lines.map(({ label }) => textWidth(label, look.fontSize) + 22)))
  const bottom = Math.ceil(look.fontSize * 3) + 10
  const height = Math.max(20, size.height - top - bottom)
  const ticks = linearTicks(min, max, tickCount(height, look.fontSize * 2.8))
  const left = Math.ceil(look.fontSize * 1.6 + Math.max(0, ...ticks.map(({ label }) => textWidth(label, look.fontSize)))) + 12
  const name = `${data.metric}${data.unit ? ` (${data.unit})` : ''} ${data.goal === 'max' ? '↑' : '↓'}`
  return {
    data,
    plot: { left, top, width: Math.max(20, size.width - left - right), height },
    x: {
      min: -0.25,
      max: 1.25,
      name: data.x.path,
      ticks: (['low', 'high'] as const).map((level) => ({ value: X[level], label: truncateMiddle(data.x[level], 18) })),
    },
    y: { min, max, ticks, name },
    power,
  }
}

export function interactionShapes(scene: InteractionScene, look: Look): SvgShape[] {
  const { data, plot } = scene
  return [
    ...(look.selfContained ? [text(data.title, 12, look.fontSize * 0.95 + 4, look, { fill: look.text, bold: true })] : []),
    ...plotAxes(plot, scene.x, scene.y, look),
    ...data.lines.flatMap((_, index) => lineShapes(scene, index, look)),
    ...labels(scene, look),
  ]
}

/** Pixels of a point. */
export function interactionPixel({ plot, x, y, power }: InteractionScene, index: number, point: InteractionPoint): [x: number, y: number] {
  return [scaleX(plot, x, X[point.level] + (index === 0 ? -APART : APART)), scaleY(plot, y, point.mean * power)]
}

function lineShapes(scene: InteractionScene, index: number, look: Look): SvgShape[] {
  const { data, plot, y, power } = scene
  const colour = INTERACTION_COLOURS[index % 2]!
  const points = data.lines[index]!.points
  const at = points.map((point) => interactionPixel(scene, index, point))
  const path = at.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${tenth(px)} ${tenth(py)}`).join('')
  return [
    {
      tag: 'path',
      attributes: { d: path, fill: 'none', stroke: colour, 'stroke-width': look.lineWidth, ...(index === 1 && { 'stroke-dasharray': '5 3' }) },
    },
    ...points.flatMap(({ low, high }, i): SvgShape[] => {
      if (low === null || high === null) return []
      const [px] = at[i]!
      const [top, foot] = [scaleY(plot, y, high * power), scaleY(plot, y, low * power)]
      return [line(px, top, px, foot, colour, 1.2), line(px - 3, top, px + 3, top, colour, 1.2), line(px - 3, foot, px + 3, foot, colour, 1.2)]
    }),
    ...at.map(
      ([px, py]): SvgShape => ({
        tag: 'circle',
        attributes: { cx: tenth(px), cy: tenth(py), r: 3.5, fill: index === 0 ? colour : look.background, stroke: colour, 'stroke-width': 1.5 },
      }),
    ),
  ]
}

/** Names at the right end of the lines, moved apart where they would overlap. */
function labels(scene: InteractionScene, look: Look): SvgShape[] {
  const { data, plot } = scene
  const ends = data.lines
    .map(({ label, points }, index) => ({ label, index, y: points.length > 0 ? interactionPixel(scene, index, points.at(-1)!)[1] : plot.top }))
    .sort((a, b) => a.y - b.y)
  const gap = look.fontSize * 1.4
  const [first, second] = ends
  if (first && second && second.y - first.y < gap) {
    const middle = (first.y + second.y) / 2
    first.y = middle - gap / 2
    second.y = middle + gap / 2
  }
  const characters = Math.max(6, Math.floor((scene.plot.width * 0.5) / (look.fontSize * 0.55)))
  return ends.map(({ label, y }) =>
    text(truncateMiddle(label, characters), plot.left + plot.width + 4, y, look, {
      fill: look.text,
    }),
  )
}
