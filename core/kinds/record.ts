import type { Json } from '../run.ts'

/** Everything logged that is not a scalar. A kind is one file in this folder plus a line in `registry.ts`. */
export interface RecordKind<Value> {
  readonly kind: string
  /** Throws LossboardError('invalid_value') naming what is wrong. */
  check(value: unknown): Value
  /** JSON kept in `records.payload`; large bytes go to a blob instead. */
  encode(value: Value): { payload: Json; blob?: Uint8Array; blobType?: string }
  decode(payload: Json): Value
  /** One line for tables and exports. */
  summarise(value: Value): string
}
