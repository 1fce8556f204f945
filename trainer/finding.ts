import type { FindingSeverity } from '../core/kinds/values.ts'
import { checkKeys } from './check-keys.ts'
import { type RecordValue, record } from './record-value.ts'
import { toJsonObject } from './to-json.ts'

export interface FindingOptions {
  /** Stable name of the rule: lower-case words joined with hyphens. */
  code: string
  severity: FindingSeverity
  /** One line: what is wrong. */
  title: string
  /** What it means and what to try. */
  detail?: string
  /** The numbers it rests on: plain JSON, where NaN and ±Infinity become text. */
  evidence?: object
}

/**
 * Something wrong with a training, or worth knowing, to log: by custom under the name `finding/<code>`, at the step it showed first.
 * @throws LossboardError `invalid_value` naming the field that is wrong, `invalid_option` for an unknown option or evidence that is no JSON
 */
export function finding(options: FindingOptions): RecordValue {
  checkKeys('finding', options, ['code', 'severity', 'title', 'detail', 'evidence'])
  const { code, severity, title, detail = '', evidence = {} } = options
  return record('finding', { code, severity, title, detail, evidence: toJsonObject(evidence, 'evidence') })
}
