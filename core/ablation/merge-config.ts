import { LossboardError } from '../errors.ts'
import type { Json, JsonObject } from '../run.ts'

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/**
 * A copy of `base` with `changes` in it: objects are merged key by key, everything else (arrays too) is replaced.
 * A dotted key such as `model.norm` reaches into the tree, unless `base` has a key of exactly that name.
 */
export function mergeConfig(base: JsonObject, changes: JsonObject): JsonObject {
  const merged = structuredClone(base)
  for (const [key, value] of Object.entries(changes)) {
    const path = Object.hasOwn(merged, key) ? [key] : key.split('.')
    if (path.includes('')) throw new LossboardError('invalid_option', `"${key}" is no path of a setting: write it as model.norm`)
    setIn(merged, path, value, key)
  }
  return merged
}

function setIn(target: JsonObject, path: readonly string[], value: Json, whole: string): void {
  const [key, ...rest] = path as [string, ...string[]]
  const there = Object.hasOwn(target, key) ? target[key] : undefined
  if (rest.length === 0) put(target, key, isObject(there) && isObject(value) ? mergeConfig(there, value) : structuredClone(value))
  else if (isObject(there)) setIn(there, rest, value, whole)
  else if (there === undefined) {
    const made: JsonObject = {}
    setIn(made, rest, value, whole)
    put(target, key, made)
  } else throw new LossboardError('invalid_option', `"${whole}" cannot be set: ${key} is ${JSON.stringify(there)}, which has no keys`)
}

/** `__proto__` is a key like any other. */
function put(target: JsonObject, key: string, value: Json): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
}
