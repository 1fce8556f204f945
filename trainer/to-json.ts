import { LossboardError } from '../core/errors.ts'
import { plainJson } from '../core/plain-json.ts'
import type { JsonObject } from '../core/run.ts'

/** A config or summary as the store keeps it: plain JSON, see core/plain-json.ts. What JSON cannot hold is refused, naming its path. */
export function toJsonObject(value: unknown, path: string): JsonObject {
  return plainJson(value, path, (at, problem) => new LossboardError('invalid_option', `${at} ${problem}`))
}
