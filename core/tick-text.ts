/** What axis ticks say. The same text on every machine, except that wall times use the local zone. */

const UNITS = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
] as const

/**
 * Label of a tick on a linear axis: just enough digits to tell ticks `spacing` apart. `largest` is the greatest absolute value on the
 * axis and decides for all its ticks whether they count in k, M, G or T (default: the value itself).
 */
export function formatTick(value: number, spacing: number, largest = Math.abs(value)): string {
  const size = Math.abs(value)
  if (size < spacing * 1e-9) return '0'
  if ((largest < 1e-4 && spacing < 1e-4) || largest >= 1e15) return tidyExponent(value.toExponential(digitsFor(value, spacing)))
  const [least, suffix] = UNITS.find(([from]) => largest >= from) ?? [1, '']
  const unit = suffix === 'k' ? 1e3 : least
  return `${(value / unit).toFixed(decimalsFor(spacing / unit))}${suffix}`
}

/** Label of the tick at `digit` × 10^`power` on a log axis: plain from 0.001 to 9000, else `2e-7`. */
export function formatLogTick(digit: number, power: number): string {
  return power >= -3 && power <= 3 ? formatTick(Number((digit * 10 ** power).toPrecision(1)), 10 ** power) : `${digit}e${power}`
}

function decimalsFor(spacing: number): number {
  if (!(spacing > 0)) return 0
  for (let decimals = Math.max(0, -Math.floor(Math.log10(spacing) + 1e-9)); decimals < 12; decimals++) {
    const scaled = spacing * 10 ** decimals
    if (Math.abs(Math.round(scaled) - scaled) < 1e-6 * scaled) return decimals
  }
  return 12
}

function digitsFor(value: number, spacing: number): number {
  return Math.max(0, Math.min(12, Math.floor(Math.log10(Math.abs(value)) + 1e-9) - Math.floor(Math.log10(spacing) + 1e-9)))
}

const tidyExponent = (text: string) => text.replace(/\.0+e/, 'e').replace('e+', 'e')

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const two = (value: number) => String(value).padStart(2, '0')

/** Label of a tick on a relative-time axis, in the unit that `spacing` (both ms) calls for: `250ms`, `15s`, `1m 30s`, `2h`, `1h 30m`, `3d`. */
export function formatDurationTick(ms: number, spacing: number): string {
  if (ms === 0) return '0'
  const sign = ms < 0 ? '-' : ''
  const size = Math.abs(ms)
  if (spacing >= DAY || size % DAY === 0) return `${sign}${Math.round(size / DAY)}d`
  if (size % HOUR === 0) return `${sign}${size / HOUR}h`
  if (size % MINUTE === 0 && size < HOUR) return `${sign}${size / MINUTE}m`
  if (spacing >= MINUTE) return `${sign}${Math.floor(size / HOUR)}h ${two(Math.round((size % HOUR) / MINUTE))}m`
  if (size % SECOND === 0)
    return size < MINUTE ? `${sign}${size / SECOND}s` : `${sign}${Math.floor(size / MINUTE)}m ${two((size % MINUTE) / SECOND)}s`
  return size < SECOND ? `${sign}${size}ms` : `${sign}${(size / SECOND).toFixed(decimalsFor(spacing / SECOND))}s`
}

/** `08-22` and `14:03:07` of a wall time (ms since epoch) in the local zone. */
export function wallParts(ms: number): { date: string; clock: string } {
  const at = new Date(ms)
  return {
    date: `${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    clock: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
  }
}
