import { checkKeys } from './check-keys.ts'
import { type RecordValue, record } from './record-value.ts'

export interface TextOptions {
  /** `plain` (default) keeps spaces and line breaks; `markdown` is rendered, without HTML. */
  format?: 'plain' | 'markdown'
}

/**
 * A text to log: a generated sample, a prompt, a note.
 * @throws LossboardError `invalid_value` when it is not a string or longer than 1,000,000 characters, `invalid_option` for an unknown option
 */
export function text(value: string, options: TextOptions = {}): RecordValue {
  checkKeys('text', options, ['format'])
  return record('text', { text: value, format: options.format ?? 'plain' })
}
