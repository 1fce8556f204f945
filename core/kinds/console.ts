import type { Json } from '../run.ts'
import { checkCount, checkObject, checkString, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import type { ConsoleValue } from './values.ts'

const KIND = 'console'

function checkConsole(value: unknown): ConsoleValue {
  const fields = checkObject(KIND, value)
  if (fields.stream !== 'stdout' && fields.stream !== 'stderr')
    throw invalid(KIND, `stream must be "stdout" or "stderr", got ${describe(fields.stream)}`)
  return {
    stream: fields.stream,
    text: checkString(KIND, 'text', fields.text),
    skippedLines: checkCount(KIND, 'skippedLines', fields.skippedLines),
  }
}

export const consoleKind: RecordKind<ConsoleValue> = {
  kind: KIND,
  check: checkConsole,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkConsole(payload),
  summarise: ({ stream, text, skippedLines }) => {
    const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    return `${lines} ${lines === 1 ? 'line' : 'lines'} of ${stream}${skippedLines > 0 ? `, ${skippedLines} skipped before` : ''}`
  },
}
