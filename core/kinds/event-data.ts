import type { Json } from '../run.ts'
import { checkArray, checkCount, checkHash, checkObject, checkString, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'

/** Something of a TensorBoard event file that has no kind of its own, or could not be one: its bytes are kept whole, as a blob. */
export interface EventDataValue {
  /** TensorBoard's plugin, such as `mesh`; empty when none was named. */
  plugin: string
  /** Which message the bytes are: `summary-value`, `graph-def`, `meta-graph-def`, `run-metadata`. */
  format: string
  /** Number of the element type in TensorFlow's `DataType`, and the shape, of a tensor. */
  dtype: number | null
  shape: number[] | null
  /** Why it is kept this way and not as what the plugin says it is. */
  note: string | null
  hash: string
  bytes: number
}

const KIND = 'event-data'

function checkSize(value: unknown, index: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw invalid(KIND, `shape[${index}] must be a whole number, got ${describe(value)}`)
  return value
}

function checkEventData(value: unknown): EventDataValue {
  const fields = checkObject(KIND, value)
  return {
    plugin: checkString(KIND, 'plugin', fields.plugin),
    format: checkString(KIND, 'format', fields.format),
    dtype: fields.dtype === null ? null : checkCount(KIND, 'dtype', fields.dtype),
    shape: fields.shape === null ? null : checkArray(KIND, 'shape', fields.shape).map(checkSize),
    note: fields.note === null ? null : checkString(KIND, 'note', fields.note),
    hash: checkHash(KIND, 'hash', fields.hash),
    bytes: checkCount(KIND, 'bytes', fields.bytes),
  }
}

export const eventDataKind: RecordKind<EventDataValue> = {
  kind: KIND,
  check: checkEventData,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkEventData(payload),
  summarise: ({ plugin, format, shape, note, bytes }) => {
    const tensor = shape === null ? '' : ` of shape [${shape.join(', ')}]`
    return `${plugin === '' ? format : `${plugin} (${format})`}${tensor}, ${bytes} bytes kept${note === null ? '' : `: ${note}`}`
  },
}
