import type { JsonObject } from '../../../core/run.ts'
import { checkRows } from './check-rows.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Preprocessing } from './preprocessing.ts'

/** Raw inputs go to the model as they are: pixels from 0 to 1. */
export function noPreprocessing(inputShape: number[]): Preprocessing {
  const parameters: JsonObject = { version: 1, kind: 'none', inputShape }
  const fingerprint = fingerprintOf(parameters)
  return {
    kind: 'none',
    fingerprint,
    inputShape,
    shape: inputShape,
    costly: false,
    apply(raw, n) {
      checkRows('none', raw, n, inputShape)
      return raw
    },
    facts: () => ({ kind: 'none', fingerprint }),
    toJson: () => ({ ...parameters, fingerprint }),
  }
}
