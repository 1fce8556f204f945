import type { Json } from '../run.ts'
import { checkObject, checkString, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import type { TextValue } from './values.ts'

const KIND = 'text'
/** Characters; longer text belongs in a file. */
const TEXT_MAX = 1_000_000

function checkText(value: unknown): TextValue {
  const fields = checkObject(KIND, value)
  const text = checkString(KIND, 'text', fields.text)
  if (text.length > TEXT_MAX) throw invalid(KIND, `text has ${text.length} characters, at most ${TEXT_MAX} are kept in one record`)
  if (fields.format !== 'plain' && fields.format !== 'markdown')
    throw invalid(KIND, `format must be "plain" or "markdown", got ${describe(fields.format)}`)
  return { text, format: fields.format }
}

export const textKind: RecordKind<TextValue> = {
  kind: KIND,
  check: checkText,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkText(payload),
  summarise: ({ text }) => {
    const line = text.trimStart().split('\n', 1)[0] ?? ''
    return line.length > 80 ? `${line.slice(0, 79)}…` : line
  },
}
