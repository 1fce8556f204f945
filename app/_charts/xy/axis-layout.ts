import type { XAxis } from '../../../core/chart.ts'
import { durationTicks, linearTicks, logTicks, type Tick, wallTicks } from '../../../core/ticks.ts'
import type { Size } from '../chart-kind.ts'
import { type Look, textWidth } from '../look.ts'
import type { Plot } from './xy-data.ts'

/** Words under the x axis. */
export function xTitle(x: XAxis): string {
  if (x.kind === 'metric') return x.name
  return { step: 'step', relative: 'time since start', wall: 'wall time' }[x.kind]
}

export function xTicks(x: XAxis, [min, max]: [number, number], count: number): Tick[] {
  if (x.kind === 'relative') return durationTicks(min, max, count)
  if (x.kind === 'wall') return wallTicks(min, max, count)
  return linearTicks(min, max, count, { integer: x.kind === 'step' })
}

export function yTicks([min, max]: [number, number], log: boolean, count: number): Tick[] {
  return log ? logTicks(min, max, count) : linearTicks(min, max, count)
}

/** How many ticks fit a length (pixels) when each label needs `room`. */
export const tickCount = (length: number, room: number) => Math.max(2, Math.min(10, Math.floor(length / room)))

/** The plot area: room for the widest y label on the left, for labels and title below, and above for what an export needs. */
export function plotArea(size: Size, look: Look, yLabels: string[], above = 0): Plot {
  const widest = Math.max(18, ...yLabels.map((label) => textWidth(label, look.fontSize)))
  const left = Math.min(Math.ceil(widest) + 12, Math.floor(size.width * 0.4))
  const top = 8 + above
  const bottom = Math.ceil(look.fontSize * 2.6) + 10
  return { left, top, width: Math.max(10, size.width - left - Math.ceil(look.fontSize * 1.6)), height: Math.max(10, size.height - top - bottom) }
}
