import type { Json } from '../run.ts'
import { checkCount, checkHash, checkObject, checkString, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'

/** A sound. The bytes are a blob. What is not known is null. */
export interface AudioValue {
  /** Content type of the bytes, told by how they begin. */
  type: 'audio/wav' | 'audio/mpeg' | 'audio/ogg' | 'audio/flac' | null
  /** Hertz. */
  sampleRate: number | null
  channels: number | null
  /** Samples per channel. */
  frames: number | null
  label: string | null
  /** SHA-256 of the bytes, hexadecimal; the name of the blob. */
  hash: string
  bytes: number
}

const KIND = 'audio'
const AUDIO_TYPES = ['audio/wav', 'audio/mpeg', 'audio/ogg', 'audio/flac'] as const

function checkAudio(value: unknown): AudioValue {
  const fields = checkObject(KIND, value)
  const type = fields.type === null ? null : AUDIO_TYPES.find((known) => known === fields.type)
  if (type === undefined) throw invalid(KIND, `type must be one of ${AUDIO_TYPES.join(', ')} or null, got ${describe(fields.type)}`)
  const count = (field: string) => (fields[field] === null ? null : checkCount(KIND, field, fields[field]))
  const { sampleRate } = fields
  if (sampleRate !== null && !(typeof sampleRate === 'number' && Number.isFinite(sampleRate) && sampleRate > 0))
    throw invalid(KIND, `sampleRate must be a number above 0, or null, got ${describe(sampleRate)}`)
  return {
    type,
    sampleRate,
    channels: count('channels'),
    frames: count('frames'),
    label: fields.label === null ? null : checkString(KIND, 'label', fields.label),
    hash: checkHash(KIND, 'hash', fields.hash),
    bytes: checkCount(KIND, 'bytes', fields.bytes),
  }
}

export const audioKind: RecordKind<AudioValue> = {
  kind: KIND,
  check: checkAudio,
  encode: (value) => ({ payload: { ...value } as unknown as Json, blobType: value.type ?? 'application/octet-stream' }),
  decode: (payload) => checkAudio(payload),
  summarise: ({ type, sampleRate, channels, frames, label, bytes }) => {
    const seconds = frames !== null && sampleRate !== null ? `${Number((frames / sampleRate).toPrecision(3))} s` : ''
    const parts = [type?.slice('audio/'.length) ?? 'unknown format', seconds, channels === null ? '' : `${channels} channels`, `${bytes} bytes`]
    return `${parts.filter(Boolean).join(', ')}${label ? `: ${label}` : ''}`
  },
}
