import { createHash } from 'node:crypto'
import { LossboardError } from '../../core/errors.ts'
import { describe } from '../../core/kinds/check.ts'
import { checkKeys } from '../check-keys.ts'
import { type RecordValue, record } from '../record-value.ts'
import { type Channels, encodePng } from './encode-png.ts'
import { imageFacts } from './image-facts.ts'

/** Pixels row by row, channels together. Integers 0–255 (`Uint8Array`, `Uint8ClampedArray`), or floats 0–1 (any other array). */
export interface Pixels {
  width: number
  height: number
  /** 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA. Default: what the length of `data` says. */
  channels?: 1 | 2 | 3 | 4
  data: ArrayLike<number>
}

export interface ImageOptions {
  /** One line shown under the image. */
  caption?: string
}

const BYTES_MAX = 32 * 1024 * 1024
const SIDE_MAX = 16_384

/**
 * An image to log: the bytes of a PNG, JPEG, GIF or WebP file as they are, or raw pixels, which become a PNG.
 * Floats outside 0–1 are clipped; NaN is drawn as 0.
 *
 * @throws LossboardError `invalid_value` when it is neither, its size does not fit its data, or it is larger than 32 MiB; `invalid_option` for an unknown option
 */
export function image(source: Uint8Array | Pixels, options: ImageOptions = {}): RecordValue {
  checkKeys('image', options, ['caption'])
  const bytes = source instanceof Uint8Array ? source : encodePixels(source)
  const facts = imageFacts(bytes)
  if (!facts)
    throw new LossboardError('invalid_value', 'image: these bytes are no PNG, JPEG, GIF or WebP file: for raw pixels give { width, height, data }')
  if (bytes.byteLength > BYTES_MAX)
    throw new LossboardError('invalid_value', `image: ${bytes.byteLength} bytes, at most ${BYTES_MAX} are kept: make it smaller`)
  const hash = createHash('sha256').update(bytes).digest('hex')
  // A copy: the caller may reuse the buffer before the worker has read it.
  const value = { ...facts, caption: options.caption ?? null, hash, bytes: bytes.byteLength }
  return record('image', value, source === bytes ? bytes.slice() : bytes)
}

function encodePixels(source: Pixels): Uint8Array {
  if (typeof source !== 'object' || source === null || !('data' in source))
    throw new LossboardError('invalid_value', `image: expected the bytes of an image file or { width, height, data }, got ${describe(source)}`)
  const { width, height, data } = source
  for (const [name, side] of Object.entries({ width, height }))
    if (!Number.isInteger(side) || side < 1 || side > SIDE_MAX)
      throw new LossboardError('invalid_value', `image: ${name} must be a whole number from 1 to ${SIDE_MAX}, got ${describe(side)}`)
  const channels = source.channels ?? data.length / (width * height)
  if (![1, 2, 3, 4].includes(channels) || data.length !== width * height * channels)
    throw new LossboardError(
      'invalid_value',
      `image: ${width}×${height} pixels need ${width * height} numbers per channel and 1 to 4 channels, got ${data.length} numbers`,
    )
  return encodePng(width, height, channels as Channels, toBytes(data))
}

function toBytes(data: ArrayLike<number>): Uint8Array {
  if (data instanceof Uint8Array) return data
  // Clamps and rounds; NaN becomes 0.
  if (data instanceof Uint8ClampedArray) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  const clamped = Uint8ClampedArray.from(data, (value) => value * 255)
  return new Uint8Array(clamped.buffer)
}
