import { describe } from './describe.ts'
import type { Json, JsonObject } from './run.ts'

/** Makes the error for a place whose value JSON cannot hold. */
type Refuse = (path: string, problem: string) => Error

/**
 * An object as JSON holds it. NaN and ±Infinity become the strings "NaN", "Infinity", "-Infinity", dates ISO text, typed arrays
 * arrays; keys whose value is undefined are left out. Anything else is refused, naming its path.
 */
export function plainJson(value: unknown, path: string, refuse: Refuse): JsonObject {
  if (!isPlainObject(value)) throw refuse(path, `must be a plain object, got ${describe(value)}`)
  return objectToJson(value, path, [], refuse)
}

function objectToJson(value: Record<string, unknown>, path: string, parents: object[], refuse: Refuse): JsonObject {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(entries.map(([key, item]) => [key, toJson(item, `${path}.${key}`, [...parents, value], refuse)]))
}

function toJson(value: unknown, path: string, parents: object[], refuse: Refuse): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'object') {
    if (parents.includes(value)) throw refuse(path, 'contains itself: it must be a tree')
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
    if (ArrayBuffer.isView(value) && !(value instanceof DataView))
      return Array.from(value as Uint8Array, (item) => toJson(item, path, parents, refuse))
    if (Array.isArray(value)) return value.map((item, index) => toJson(item ?? null, `${path}[${index}]`, [...parents, value], refuse))
    if (isPlainObject(value)) return objectToJson(value, path, parents, refuse)
  }
  throw refuse(
    path,
    `is ${describe(value)}: use numbers, strings, booleans, null, arrays and plain objects${typeof value === 'bigint' ? ' (write big numbers as text)' : ''}`,
  )
}

/** True for `{…}`, also from another realm or without prototype; false for class instances. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
