import type { JsonObject } from '../../run.ts'
import type { SummaryValue, TagMetadata } from '../summary.ts'

/** A record that a value becomes. With `blob`, whoever stores it adds `hash` and `bytes` to the payload. */
export interface Draft {
  kind: string
  /** Added to the name of the tag, when a value becomes several records. */
  suffix?: string
  payload: JsonObject
  blob?: Uint8Array
  blobType?: string
}

/** What a value of an event file turns into. */
export type Converted =
  | { type: 'scalar'; value: number; note?: string }
  | { type: 'records'; drafts: Draft[]; note?: string }
  | { type: 'session-start'; config: JsonObject; group: string | null; note?: string }
  | { type: 'session-end'; status: 'finished' | 'failed' | 'running' }
  | { type: 'experiment'; facts: JsonObject; metrics: string[]; note?: string }

/** Turns values of one plugin of TensorBoard into what the store holds. `metadata` is the first one seen for the tag. */
export type ValueReader = (value: SummaryValue, metadata: TagMetadata) => Converted

/** The value as it stands in the file, for what has no better place: nothing is thrown away. */
export function kept(value: SummaryValue, plugin: string, why: string | null): Converted {
  const { content } = value
  const tensor = content.type === 'tensor' ? { dtype: content.tensor.dtype, shape: content.tensor.shape } : null
  return {
    type: 'records',
    drafts: [keptDraft({ plugin, format: 'summary-value', tensor, note: why }, value.raw)],
    ...(why !== null && { note: `${why}: kept as bytes` }),
  }
}

interface KeptFields {
  plugin: string
  format: string
  tensor?: { dtype: number; shape: number[] } | null
  note?: string | null
}

export function keptDraft({ plugin, format, tensor, note }: KeptFields, bytes: Uint8Array): Draft {
  return {
    kind: 'event-data',
    payload: { plugin, format, dtype: tensor && tensor.dtype >= 0 ? tensor.dtype : null, shape: tensor ? tensor.shape : null, note: note ?? null },
    blob: bytes,
    blobType: 'application/octet-stream',
  }
}

const utf8 = new TextDecoder()

export function decodeText(bytes: Uint8Array): string {
  return utf8.decode(bytes)
}
