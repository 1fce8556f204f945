/** A number for a terminal table: six significant digits, NaN and ±Infinity by name. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value)
  const magnitude = Math.abs(value)
  return magnitude >= 1e-4 && magnitude < 1e6 ? String(Number(value.toPrecision(6))) : value.toExponential(5).replace(/\.?0+e/, 'e')
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Bytes in powers of 1,000 with three significant digits. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${UNITS[unit]}`
}

/** Milliseconds as people say them: `850 ms`, `12 s`, `3 min 05 s`, `2 h 07 min`, `3 d 04 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  const seconds = Math.floor(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const pair = (value: number, per: number, big: string, small: string) =>
    `${Math.floor(value / per)} ${big} ${String(value % per).padStart(2, '0')} ${small}`
  if (seconds < 3600) return pair(seconds, 60, 'min', 's')
  if (seconds < 86_400) return pair(Math.floor(seconds / 60), 60, 'h', 'min')
  return pair(Math.floor(seconds / 3600), 24, 'd', 'h')
}

/** Local time to the minute, `2025-03-01 14:05`. */
export function formatTime(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}
