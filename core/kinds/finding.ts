import type { Json } from '../run.ts'
import { checkJsonObject, checkLine, checkObject, checkOneOf, checkString, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import { FINDING_SEVERITIES, type FindingValue } from './values.ts'

const KIND = 'finding'
/** Lower case with hyphens, so that it can be part of a record's name and of an address. */
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/

function checkFinding(value: unknown): FindingValue {
  const fields = checkObject(KIND, value)
  const code = checkString(KIND, 'code', fields.code)
  if (!CODE.test(code) || code.length > 100)
    throw invalid(KIND, `code must be lower-case words joined with hyphens, like "test-transform-differs", got ${describe(code)}`)
  return {
    code,
    severity: checkOneOf(KIND, 'severity', fields.severity, FINDING_SEVERITIES),
    title: checkLine(KIND, 'title', fields.title),
    detail: checkString(KIND, 'detail', fields.detail),
    evidence: checkJsonObject(KIND, 'evidence', fields.evidence),
  }
}

export const findingKind: RecordKind<FindingValue> = {
  kind: KIND,
  check: checkFinding,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkFinding(payload),
  summarise: ({ severity, title }) => `${severity}: ${title}`,
}
