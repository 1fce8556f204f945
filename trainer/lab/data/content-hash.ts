import { createHash } from 'node:crypto'
import { endianness } from 'node:os'
import type { Examples } from './examples.ts'

/** SHA-256 of the inputs in order (as stored: bytes, or little-endian float32), then the labels (little-endian int32). */
export function contentHash({ inputs, labels }: Examples): string {
  return createHash('sha256').update(littleEndian(inputs)).update(littleEndian(labels)).digest('hex')
}

function littleEndian(values: Uint8Array | Float32Array | Int32Array): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  return endianness() === 'LE' || values.BYTES_PER_ELEMENT === 1 ? bytes : Buffer.from(bytes).swap32()
}
