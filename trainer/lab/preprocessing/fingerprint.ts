import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../../../core/run.ts'

/** SHA-256 of a transform's kind and parameters; the order of the keys and what is only told to people do not count. */
export function fingerprintOf(parameters: JsonObject): string {
  return createHash('sha256').update(canonical(parameters)).digest('hex')
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key]!)}`).join(',')}}`
}
