import type { RecordKind } from '../core/kinds/record.ts'
import { KINDS, type KindName, type KindValue } from '../core/kinds/registry.ts'
import type { Json } from '../core/run.ts'

/** Shared by every copy of the library in the process. */
const BRAND: unique symbol = Symbol.for('lossboard.record') as never

/** Something to log that is not a number: made by `histogram`, `image`, `text` or `record`. */
export interface RecordValue {
  readonly [BRAND]: true
  readonly kind: string
  readonly payload: Json
  readonly blob?: Uint8Array
  readonly blobType?: string
}

/**
 * A value of any record kind, checked, ready for `run.log`.
 * @throws LossboardError `invalid_value` naming the field that is wrong
 */
export function record<Name extends KindName>(kind: Name, value: KindValue<Name>, blob?: Uint8Array): RecordValue {
  const { check, encode } = KINDS[kind] as unknown as RecordKind<KindValue<Name>>
  const encoded = encode(check(value))
  const bytes = blob ?? encoded.blob
  return {
    [BRAND]: true,
    kind,
    payload: encoded.payload,
    ...(bytes && { blob: bytes }),
    ...(bytes && encoded.blobType && { blobType: encoded.blobType }),
  }
}

export function isRecordValue(value: unknown): value is RecordValue {
  return typeof value === 'object' && value !== null && BRAND in value
}
