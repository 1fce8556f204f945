/** Where axis ticks go and what they say. We place them ourselves so that charts, exports and golden files agree to the pixel. */
import { formatDurationTick, formatLogTick, formatTick, wallParts } from './tick-text.ts'

export interface Tick {
  value: number
  label: string
}

/** Largest of 1, 2, 5 × 10ᵏ that gives at most `count` + 1 ticks. */
function niceSpacing(span: number, count: number, integer: boolean): number {
  const rough = span / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const spacing = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * (1 - 1e-9)) ?? power * 10
  return integer ? Math.max(1, Math.round(spacing)) : spacing
}

function multiples(low: number, high: number, spacing: number): number[] {
  const first = Math.ceil(low / spacing - 1e-9)
  const last = Math.floor(high / spacing + 1e-9)
  return Array.from({ length: Math.max(0, Math.min(1000, last - first + 1)) }, (_, i) => (first + i) * spacing)
}

/** About `count` ticks within [low, high]; whole numbers only when `integer`. */
export function linearTicks(low: number, high: number, count: number, options: { integer?: boolean } = {}): Tick[] {
  if (!(high > low)) return Number.isFinite(low) ? [{ value: low, label: formatTick(low, Math.abs(low) / 1e3 || 1) }] : []
  const spacing = niceSpacing(high - low, count, options.integer ?? false)
  const values = multiples(low, high, spacing)
  const largest = Math.max(...values.map(Math.abs))
  return values.map((value) => ({ value, label: formatTick(value, spacing, largest) }))
}

/**
 * Ticks of a log axis. `low` and `high` are log10 of the ends, and so are the values returned: the plot is linear in log10.
 * Decades when there are enough of them, else 1-2-5 or every digit; a range within one digit falls back to linear ticks.
 */
export function logTicks(low: number, high: number, count: number): Tick[] {
  if (!(high > low)) return Number.isFinite(low) ? [{ value: low, label: formatTick(10 ** low, 10 ** low / 1e3) }] : []
  const decades = Math.floor(high + 1e-9) - Math.ceil(low - 1e-9) + 1
  if (decades >= Math.min(3, count)) {
    const stride = Math.max(1, Math.ceil(decades / count))
    const first = Math.ceil((low - 1e-9) / stride) * stride
    const ticks: Tick[] = []
    for (let power = first; power <= high + 1e-9; power += stride) ticks.push({ value: power, label: formatLogTick(1, power) })
    return ticks
  }
  for (const digits of [
    [1, 3],
    [1, 2, 5],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  ]) {
    const ticks: Tick[] = []
    for (let power = Math.floor(low); power <= Math.floor(high); power++)
      for (const digit of digits) {
        const value = power + Math.log10(digit)
        if (value >= low - 1e-9 && value <= high + 1e-9) ticks.push({ value, label: formatLogTick(digit, power) })
      }
    if (ticks.length >= Math.min(3, count)) return ticks
  }
  return linearTicks(10 ** low, 10 ** high, count).map((tick) => ({ value: Math.log10(tick.value), label: tick.label }))
}

const SECOND = 1000
const DURATIONS = [1, 2, 5, 10, 20, 50, 100, 200, 500]
  .concat([1, 2, 5, 10, 15, 30].map((s) => s * SECOND))
  .concat([1, 2, 5, 10, 15, 30].map((m) => m * 60 * SECOND))
  .concat([1, 2, 3, 6, 12].map((h) => h * 3600 * SECOND))
  .concat([1, 2, 5, 10, 20, 50, 100, 200, 500].map((d) => d * 86_400 * SECOND))

function timeSpacing(span: number, count: number): number {
  return DURATIONS.find((candidate) => span / candidate <= count) ?? DURATIONS.at(-1)! * Math.ceil(span / count / DURATIONS.at(-1)!)
}

/** Ticks of a relative-time axis in ms. */
export function durationTicks(low: number, high: number, count: number): Tick[] {
  if (!(high > low)) return Number.isFinite(low) ? [{ value: low, label: formatDurationTick(low, 1) }] : []
  const spacing = timeSpacing(high - low, count)
  return multiples(low, high, spacing).map((value) => ({ value, label: formatDurationTick(value, spacing) }))
}

/** Ticks of a wall-clock axis in ms since epoch, on round local times; the first tick of a day also says the date. */
export function wallTicks(low: number, high: number, count: number): Tick[] {
  if (!(high > low)) return Number.isFinite(low) ? [{ value: low, label: wallParts(low).clock }] : []
  const spacing = timeSpacing(high - low, count)
  const offset = spacing >= 3600 * SECOND ? new Date(low).getTimezoneOffset() * 60 * SECOND : 0
  let day = wallParts(low).date
  return multiples(low - offset, high - offset, spacing).map((local) => {
    const value = local + offset
    const { date, clock } = wallParts(value)
    if (spacing >= 86_400 * SECOND) return { value, label: date }
    const newDay = date !== day
    day = date
    return { value, label: newDay ? date : spacing < 60 * SECOND ? clock : clock.slice(0, 5) }
  })
}
