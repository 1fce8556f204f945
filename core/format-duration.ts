const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Milliseconds as the two largest units: `320 ms`, `4.2 s`, `3m 12s`, `2h 05m`, `3d 04h`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  const size = Math.max(0, ms)
  if (size < SECOND) return `${Math.round(size)} ms`
  if (size < 9.95 * SECOND) return `${(size / SECOND).toFixed(1)} s`
  const seconds = Math.round(size / SECOND)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), 'm', seconds % 60, 's')
  const minutes = Math.round(size / MINUTE)
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'm')
  const hours = Math.round(size / HOUR)
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return `${large}${largeUnit} ${String(small).padStart(2, '0')}${smallUnit}`
}

/** How long ago `at` was (both ms since epoch): `just now`, `40 s ago`, `5 min ago`, `3 h ago`, `2 d ago`, then the date. */
export function formatRelativeTime(at: number, now: number): string {
  const age = now - at
  // Clocks of two hosts may disagree by some seconds.
  if (age < 5 * SECOND) return age < -MINUTE ? formatDate(at) : 'just now'
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s ago`
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`
  if (age < 30 * DAY) return `${Math.floor(age / DAY)} d ago`
  return formatDate(at)
}

/** `2026-03-05` in the local time zone. */
function formatDate(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** `2026-03-05 14:03:09 +01:00` in the local time zone. */
export function formatTimestamp(at: number): string {
  const date = new Date(at)
  const offset = -date.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${formatDate(at)} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())} ${zone}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
