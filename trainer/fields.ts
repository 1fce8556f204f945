import { LossboardError } from '../core/errors.ts'
import type { JsonObject } from '../core/run.ts'
import { toJsonObject } from './to-json.ts'

/** The config or summary of a run: read its keys, change them with `update`. */
export type Fields<Values extends object> = Readonly<Values> & {
  /** Merges `values` key by key (a nested object replaces the old one) and stores them. */
  update(values: object): void
}

/**
 * An object with the values as own keys and `update` as a method. Assigning a key does the same as `update`, so that nothing
 * a script sets is silently missing; nested values are frozen for the same reason.
 */
export function makeFields<Values extends object>(
  what: 'config' | 'summary',
  initial: JsonObject,
  store: (all: JsonObject) => void,
): { fields: Fields<Values>; absorb(stored: JsonObject): void } {
  const values: JsonObject = {}
  const merge = (patch: JsonObject) => {
    for (const [key, value] of Object.entries(patch)) values[key] = deepFreeze(value)
  }
  const update = (given: unknown) => {
    const patch = toJsonObject(given, what)
    if ('update' in patch)
      throw new LossboardError('invalid_option', `${what}.update cannot be a key: run.${what}.update is the method that changes it`)
    merge(patch)
    store({ ...values })
  }
  merge(initial)
  const fields = new Proxy(values, {
    get: (target, key) => (key === 'update' ? update : Reflect.get(target, key)),
    set: (_, key, value) => {
      update({ [String(key)]: value })
      return true
    },
    deleteProperty: () => false,
  }) as unknown as Fields<Values>
  /** What an earlier attempt of the run stored; keys set here win. */
  const absorb = (stored: JsonObject) => merge({ ...stored, ...values })
  return { fields, absorb }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) deepFreeze(item)
    Object.freeze(value)
  }
  return value
}
