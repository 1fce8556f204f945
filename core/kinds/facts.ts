import type { Json } from '../run.ts'
import { checkJsonObject, checkObject } from './check.ts'
import type { RecordKind } from './record.ts'
import type { FactsValue } from './values.ts'

const KIND = 'facts'
const SHOWN = 3

function checkFacts(value: unknown): FactsValue {
  return { data: checkJsonObject(KIND, 'data', checkObject(KIND, value).data) }
}

export const factsKind: RecordKind<FactsValue> = {
  kind: KIND,
  check: checkFacts,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkFacts(payload),
  summarise: ({ data }) => {
    const names = Object.keys(data)
    const shown = names.slice(0, SHOWN).join(', ')
    if (names.length === 0) return 'no facts'
    return `${names.length} ${names.length === 1 ? 'fact' : 'facts'}: ${shown}${names.length > SHOWN ? ', …' : ''}`
  },
}
