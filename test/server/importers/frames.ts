import { maskedCrc32c } from '../../../core/tfevents/crc32c.ts'

/** Starts of the records of an event file, and its end. */
export function recordOffsets(file: Buffer): number[] {
  const offsets: number[] = []
  let at = 0
  for (; at < file.length; at += 16 + Number(file.readBigUInt64LE(at))) offsets.push(at)
  return [...offsets, at]
}

/** Bytes of a record with both sums. */
export function frame(payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(payload.length + 16)
  bytes.writeBigUInt64LE(BigInt(payload.length), 0)
  bytes.writeUInt32LE(maskedCrc32c(bytes, 0, 8), 8)
  bytes.set(payload, 12)
  bytes.writeUInt32LE(maskedCrc32c(payload), payload.length + 12)
  return bytes
}
