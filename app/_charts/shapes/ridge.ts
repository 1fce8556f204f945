import { mixColours } from '../../../core/colour.ts'
import { formatTick } from '../../../core/tick-text.ts'
import type { Tick } from '../../../core/ticks.ts'
import type { CustomShape } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import type { Plot } from '../xy/xy-data.ts'

/** More ridges than this cover each other. */
export const RIDGES = 20
/** How many rows high the peak of a ridge is. */
const OVERLAP = 2.4
/** Rows above the first base line: room for its peak. */
export const HEADROOM = OVERLAP - 0.9

/** A label per ridge, as many as fit: the step it begins with. */
export function ridgeTicks(slices: readonly { firstStep: number; lastStep: number }[]): Tick[] & { top: number } {
  const stride = Math.max(1, Math.ceil(slices.length / 8))
  const last = slices.length - 1
  const largest = slices.at(-1)?.lastStep ?? 0
  const ticks = slices.flatMap((slice, i) =>
    (last - i) % stride === 0 ? [{ value: i + 1, label: formatTick(slice.firstStep, tickSpacing(largest), Math.abs(largest)) }] : [],
  )
  return Object.assign(ticks, { top: slices.length })
}

/** Steps are whole; above 10,000 they are written as k with one decimal. */
const tickSpacing = (largest: number) => (Math.abs(largest) < 1e4 ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(largest))) - 2))

/** Where ridge `index` of `count` stands (px), and how high a row is. */
export function ridgeBase(plot: Plot, count: number, index: number): { base: number; row: number } {
  const row = plot.height / (count + HEADROOM)
  return { base: Math.round(plot.top + (HEADROOM + index + 1) * row) - 0.5, row }
}

/** A bin of a ridge: from and to in pixels, height as a share of the peak. */
export interface RidgeBin {
  left: number
  right: number
  height: number
}

/** Ridge `index` of `count` as a filled outline over its own base line; oldest at the back. */
export function ridgeShapes(plot: Plot, look: Look, count: number, index: number, bins: readonly RidgeBin[]): CustomShape[] {
  const { base, row } = ridgeBase(plot, count, index)
  const points = bins.flatMap(({ left, right, height }): [number, number][] => {
    const y = base - height * row * OVERLAP
    return [
      [left, y],
      [right, y],
    ]
  })
  const first = Math.max(0, points.findIndex(([, y]) => y < base) - 1)
  const end = points.findLastIndex(([, y]) => y < base) + 2
  const outline = end > 1 ? points.slice(first, end) : []
  const age = count > 1 ? index / (count - 1) : 1
  const colour = mixColours(look.theme === 'dark' ? '#4a4e58' : '#b9bcc6', look.accent, 0.25 + 0.75 * age)
  const closed: [number, number][] = outline.length > 0 ? [[outline[0]![0], base], ...outline, [outline.at(-1)![0], base]] : []
  const body: CustomShape[] =
    closed.length === 0
      ? []
      : [
          { type: 'polygon', shape: { points: closed }, style: { fill: look.background, opacity: 0.75 } },
          { type: 'polygon', shape: { points: closed }, style: { fill: colour, opacity: 0.3 } },
          { type: 'polyline', shape: { points: closed }, style: { stroke: colour, fill: 'none', lineWidth: 1 } },
        ]
  return [
    { type: 'line', shape: { x1: plot.left, y1: base, x2: plot.left + plot.width, y2: base }, style: { stroke: look.grid, lineWidth: 1 } },
    ...body,
  ]
}

/** A dot on a base line, over every ridge. */
export function ridgeDot(plot: Plot, look: Look, count: number, index: number, x: number): CustomShape {
  const { base } = ridgeBase(plot, count, index)
  return { type: 'circle', shape: { cx: x, cy: base, r: 2 }, style: { fill: look.text, stroke: look.background, lineWidth: 0.75 } }
}
