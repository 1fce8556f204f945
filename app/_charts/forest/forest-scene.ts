import { linearTicks, type Tick } from '../../../core/ticks.ts'
import { truncateMiddle } from '../../../core/truncate-middle.ts'
import type { Size } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import { tickCount } from '../xy/axis-layout.ts'
import type { Plot } from '../xy/xy-data.ts'
import { type ForestData, powerOf, rowText, VERDICT_MARKS } from './forest-data.ts'

export interface ForestScene {
  data: ForestData
  size: Size
  plot: Plot
  /** Height of a row in pixels. */
  row: number
  /** In the logged unit. */
  min: number
  max: number
  ticks: Tick[]
  labels: string[]
  figures: string[]
  /** Left edge of the figures; null where there is no room for them. */
  figuresLeft: number | null
}

export const ROW = 26
/** Most of the picture's width that labels may take. */
const LABEL_SHARE = 0.34
/** Below this the figures at the right are left out (pixels of the plot). */
const LEAST_PLOT = 150

/** Height the picture wants: title and axis, and a row per variant. */
export function forestHeight(rows: number, look: Pick<Look, 'fontSize' | 'selfContained'>): number {
  return headHeight(look) + footHeight(look) + Math.max(1, rows) * ROW
}

const headHeight = (look: Pick<Look, 'fontSize' | 'selfContained'>) =>
  Math.ceil(look.fontSize * 1.7) + (look.selfContained ? Math.ceil(look.fontSize * 1.9) : 0) + 4
const footHeight = (look: Pick<Look, 'fontSize'>) => Math.ceil(look.fontSize * 3.2) + 8

export function forestScene(data: ForestData, look: Look, size: Size): ForestScene {
  const most = Math.max(40, size.width * LABEL_SHARE)
  const characters = Math.max(6, Math.floor(most / (look.fontSize * 0.6)))
  const labels = data.rows.map(({ label }) => truncateMiddle(label, characters))
  const figures = data.rows.map((row) => `${rowText(row, data)}${VERDICT_MARKS[row.verdict]}`)
  const left = Math.ceil(Math.min(most + look.fontSize, Math.max(30, ...labels.map((label) => textWidth(label, look.fontSize))))) + 16
  const room = Math.ceil(Math.max(0, ...figures.map((figure) => textWidth(figure, look.fontSize)))) + 12
  const withFigures = size.width - left - room - 10 >= LEAST_PLOT
  const width = Math.max(40, size.width - left - (withFigures ? room : 0) - 14)
  const top = headHeight(look)
  const plot = { left, top, width, height: Math.max(20, size.height - top - footHeight(look)) }
  const [min, max] = forestExtent(data)
  const power = 10 ** powerOf(data)
  const ticks = linearTicks(min * power, max * power, tickCount(width, look.fontSize * 5)).map(({ value, label }) => ({
    value: value / power,
    label: value > 0 && !label.startsWith('+') ? `+${label}` : label.replace('-', '−'),
  }))
  return {
    data,
    size,
    plot,
    row: plot.height / Math.max(1, data.rows.length),
    min,
    max,
    ticks,
    labels,
    figures,
    figuresLeft: withFigures ? left + width + 10 : null,
  }
}

/** Zero, every interval, dot and the margin are inside. */
export function forestExtent({ rows, margin }: ForestData): [number, number] {
  const values = [0, ...(margin === null ? [] : [-margin, margin])]
  for (const { difference, low, high, dots } of rows)
    for (const value of [difference, low, high, ...dots.map((dot) => dot.value)]) if (value !== null && Number.isFinite(value)) values.push(value)
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  if (!(high > low)) return [-1, 1]
  const room = (high - low) * 0.06
  return [low - room, high + room]
}

export const forestX = ({ plot, min, max }: ForestScene, value: number) => plot.left + ((value - min) / (max - min)) * plot.width
export const forestY = ({ plot, row }: ForestScene, index: number) => plot.top + (index + 0.5) * row
