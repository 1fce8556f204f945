import { canonicalJson } from '../config-diff.ts'
import type { Json } from '../run.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Text that is equal exactly when two settings mean the same: 0.001, 1e-3 and "1e-3" are one number, −0 is 0, the order of keys does not
 * count; 1 and true differ, and so do null and a setting that is not there.
 */
export function canonicalSetting(value: Json | undefined): string {
  return value === undefined ? '' : canonicalJson(meaning(value))
}

function meaning(value: Json): Json {
  if (typeof value === 'string') {
    const text = value.trim()
    const number = Number(text)
    return NUMBER.test(text) && Number.isFinite(number) ? number + 0 : value
  }
  // −0 + 0 is 0.
  if (typeof value === 'number') return value + 0
  if (Array.isArray(value)) return value.map(meaning)
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, meaning(item)]))
  return value
}
