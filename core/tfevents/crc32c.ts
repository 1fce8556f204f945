import { makeCrc } from '../crc.ts'

const MASK_DELTA = 0xa282ead8

/** CRC-32C (Castagnoli). */
export const crc32c = makeCrc(0x82f63b78)

/** The form in which event files hold it: rotated by 15 and shifted, so that a sum over data that holds sums is no fixed point. */
export function maskedCrc32c(bytes: Uint8Array, from = 0, to = bytes.length, view?: DataView): number {
  const crc = crc32c(bytes, from, to, view)
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0
}
