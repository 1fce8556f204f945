const NUMBER = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|k|M|G)?$/
const SPAN = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(ms|s|m|min|h|d|w)?$/
const SCALE: Record<string, number> = { '%': 0.01, k: 1e3, M: 1e6, G: 1e9 }
const MS: Record<string, number> = { ms: 1, s: 1e3, m: 6e4, min: 6e4, h: 3.6e6, d: 8.64e7, w: 6.048e8 }
const DATE = /^(\d{4})-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?)?$/

/** `0.01`, `1e-3`, `10k`, `1.5M`, `90%`, `NaN`, `inf`; null when it is no number. */
export function parseNumber(text: string): number | null {
  const word = text.toLowerCase()
  if (word === 'nan') return Number.NaN
  if (/^\+?inf(inity)?$/.test(word)) return Number.POSITIVE_INFINITY
  if (/^-inf(inity)?$/.test(word)) return Number.NEGATIVE_INFINITY
  const match = NUMBER.exec(text)
  if (!match) return null
  const value = Number(match[1])
  return match[2] === '%' ? value / 100 : value * (SCALE[match[2] ?? ''] ?? 1)
}

/** `90s`, `5m`, `2h`, `3d`, `1w`, `250ms` in milliseconds; a bare number is seconds; null when it is neither. */
export function parseSpan(text: string): number | null {
  const match = SPAN.exec(text)
  return match ? Number(match[1]) * (MS[match[2] ?? 's'] ?? 1_000) : null
}

/** A month, day, minute or second in local time as the range [from, to) of milliseconds it covers; null when it is no date. */
export function parseTime(text: string): { from: number; to: number } | null {
  const match = DATE.exec(text)
  if (!match) return null
  const [year = 0, month = 0, day, hour, minute, second] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  const start = new Date(year, month - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0)
  // The constructor turns the 31st of February into March: such a date is a mistake, not March.
  if (start.getMonth() !== month - 1 || (day !== undefined && start.getDate() !== day) || (hour ?? 0) > 23 || (minute ?? 0) > 59) return null
  const end = new Date(start)
  if (day === undefined) end.setMonth(end.getMonth() + 1)
  else if (hour === undefined) end.setDate(end.getDate() + 1)
  else end.setTime(end.getTime() + (second === undefined ? 60_000 : 1_000))
  return { from: start.getTime(), to: end.getTime() }
}
