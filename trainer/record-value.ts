import type { RecordKind } from '../core/kinds/record.ts'
import { KINDS, type KindName, type KindValue } from '../core/kinds/registry.ts'
import type { Json } from '../core/run.ts'
import type { NewRecord } from '../db/store.ts'

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

/** Records of one step, as they go to the store. */
export function newRecords(records: readonly { name: string; value: RecordValue }[], step: number, wall: number): NewRecord[] {
  return records.map(({ name, value: { kind, payload, blob, blobType } }) => ({ name, kind, step, wall, payload, ...(blob && { blob, blobType }) }))
}

export function blobBytes(records: readonly NewRecord[]): number {
  return records.reduce((sum, { blob }) => sum + (blob?.byteLength ?? 0), 0)
}
