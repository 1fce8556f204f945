/** What the numbers of a column of times count since 1970; `text`: dates. */
export type TimeUnit = 's' | 'ms' | 'us' | 'ns' | 'text'

const PER_MS: Record<Exclude<TimeUnit, 'text'>, number> = { s: 1e-3, ms: 1, us: 1e3, ns: 1e6 }
/** Years in which a training may have run: from 1990 on in seconds, up to 2100. */
const FROM_S = 6.3e8
const TO_S = 4.1e9

/** Unit of a number that may be a time; null when it is none. */
export function timeUnit(value: number): TimeUnit | null {
  const size = [
    ['s', 1],
    ['ms', 1e3],
    ['us', 1e6],
    ['ns', 1e9],
  ] as const
  return size.find(([, factor]) => value >= FROM_S * factor && value <= TO_S * factor)?.[0] ?? null
}

/** `2026-01-31 12:00:00`, with `T`, fractions and a zone or without: in UTC when none is named. ms since epoch; null for anything else. */
export function dateCell(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)([.,]\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i.exec(text.trim())
  if (!match) return null
  const [, date, time, fraction, zone] = match
  const offset = zone === undefined || /^(z|utc)$/i.test(zone) ? 'Z' : zone.replace(/^(...):?(..)$/, '$1:$2')
  const seconds = Date.parse(`${date}T${time}${offset}`)
  return Number.isNaN(seconds) ? null : seconds + (fraction ? Number(`0.${fraction.slice(1)}`) * 1000 : 0)
}

/** ms since epoch; null when the cell is no time of that unit. */
export function timeCell(cell: unknown, unit: TimeUnit): number | null {
  if (unit === 'text') return typeof cell === 'string' ? dateCell(cell) : null
  const value = typeof cell === 'number' ? cell : typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : Number.NaN
  return Number.isFinite(value) ? value / PER_MS[unit] : null
}
