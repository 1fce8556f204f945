import { isLossboardError } from '../errors.ts'
import type { StoredRecord } from '../stored-record.ts'
import { recordKind } from './registry.ts'

/** One line that says what a stored record holds, for tables. Never throws: other programs write records too. */
export function recordSummary({ kind: name, payload }: Pick<StoredRecord, 'kind' | 'payload'>): string {
  const kind = recordKind(name)
  if (!kind) return `of a kind this version does not know: ${name}`
  try {
    // What others wrote may hold control characters, which a terminal would obey.
    return kind.summarise(kind.decode(payload)).replaceAll(/\p{Cc}+/gu, ' ')
  } catch (error) {
    if (!isLossboardError(error)) throw error
    return `not readable: ${error.message}`
  }
}
