import type { ChartOption } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import type { HeatmapScene } from './layout.ts'
import type { RowMark } from './row-mark.ts'

type Elements = Extract<NonNullable<ChartOption['graphic']>, unknown[]>

/** Room between the names and the cells for the marks (px). */
export const markRoom = (look: Look) => Math.ceil(look.fontSize) + 5

/** The marks beside the names that are drawn: the signs findings have elsewhere, and a quiet tick where all is well. */
export function markElements({ data, plot, named }: HeatmapScene, look: Look): Elements {
  const x = plot.left - 6 - look.fontSize / 2
  return named.flatMap((row) => {
    const mark = data.layers[row]?.mark
    return mark ? sign(mark.level, x, plot.top + ((row + 0.5) * plot.height) / data.layers.length, look.fontSize / 2, look) : []
  })
}

function sign(level: RowMark['level'], x: number, y: number, radius: number, look: Look): Elements {
  const part = { silent: true, name: `mark-${level}` }
  if (level === 'ok') {
    const points = [
      [x - radius * 0.6, y],
      [x - radius * 0.15, y + radius * 0.45],
      [x + radius * 0.6, y - radius * 0.5],
    ]
    return [{ ...part, type: 'polyline' as const, shape: { points }, style: { stroke: look.muted, fill: 'none', lineWidth: 1.25 } }]
  }
  const fill = { critical: look.danger, warning: look.warning, info: look.info }[level]
  const ground = look.background
  const bar = (from: number, to: number) => ({
    ...part,
    type: 'line' as const,
    z: 1,
    shape: { x1: x, y1: y + from * radius, x2: x, y2: y + to * radius },
    style: { stroke: ground, lineWidth: radius * 0.32 },
  })
  const body =
    level === 'critical'
      ? { ...part, type: 'polygon' as const, shape: { points: octagon(x, y, radius * 1.05) }, style: { fill } }
      : { ...part, type: 'circle' as const, shape: { cx: x, cy: y, r: radius }, style: { fill } }
  return level === 'info' ? [body, bar(-0.6, -0.28), bar(-0.08, 0.6)] : [body, bar(-0.6, 0.12), bar(0.3, 0.62)]
}

function octagon(x: number, y: number, radius: number): [number, number][] {
  return Array.from({ length: 8 }, (_, corner) => {
    const angle = ((corner + 0.5) * Math.PI) / 4
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}
