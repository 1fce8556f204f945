import type { Json } from '../run.ts'
import { checkCount, checkHash, checkObject, checkString, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import type { ImageValue } from './values.ts'

const KIND = 'image'
/** SVG is not among the types: a page must never run what a run logged. */
const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const satisfies readonly ImageValue['type'][]

function checkImage(value: unknown): ImageValue {
  const fields = checkObject(KIND, value)
  const type = IMAGE_TYPES.find((known) => known === fields.type)
  if (!type) throw invalid(KIND, `type must be one of ${IMAGE_TYPES.join(', ')}, got ${describe(fields.type)}`)
  const hash = checkHash(KIND, 'hash', fields.hash)
  return {
    width: checkCount(KIND, 'width', fields.width),
    height: checkCount(KIND, 'height', fields.height),
    type,
    caption: fields.caption === null || fields.caption === undefined ? null : checkString(KIND, 'caption', fields.caption),
    hash,
    bytes: checkCount(KIND, 'bytes', fields.bytes),
  }
}

/** The bytes themselves are a blob, written beside the payload by whoever logs. */
export const imageKind: RecordKind<ImageValue> = {
  kind: KIND,
  check: checkImage,
  encode: (value) => ({ payload: { ...value } as unknown as Json, blobType: value.type }),
  decode: (payload) => checkImage(payload),
  summarise: (value) =>
    `${value.width}×${value.height} ${value.type.slice('image/'.length)}, ${value.bytes} bytes${value.caption ? `: ${value.caption}` : ''}`,
}
