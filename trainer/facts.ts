import { type RecordValue, record } from './record-value.ts'
import { toJsonObject } from './to-json.ts'

/**
 * Facts about a run to log: what its data is, which transform was fitted.
 * @param data plain JSON; NaN and ±Infinity become text, as in a config
 * @throws LossboardError `invalid_option` for what JSON cannot hold, naming its path
 */
export function facts(data: object): RecordValue {
  return record('facts', { data: toJsonObject(data, 'facts') })
}
