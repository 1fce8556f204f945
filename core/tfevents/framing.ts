import { maskedCrc32c } from './crc32c.ts'

/** Bytes around a payload: u64 length, u32 sum of the length; u32 sum of the payload. */
export const HEADER_BYTES = 12
export const FOOTER_BYTES = 4
/** A record longer than this is passed over: it would have to be held in memory whole. */
export const RECORD_MAX = 256 * 2 ** 20

/** Sums of short lengths, counted once: most records of a file are of a few lengths. 0: not counted yet (or really 0, and counted again). */
const KNOWN_LENGTHS = 4096
const lengthSums = new Uint32Array(KNOWN_LENGTHS)

function lengthSum(bytes: Uint8Array, at: number, length: number): number {
  const known = lengthSums[length]!
  if (known !== 0) return known
  const sum = maskedCrc32c(bytes, at, at + 8)
  lengthSums[length] = sum
  return sum
}

/**
 * - `record`: a whole one, both sums right.
 * - `short`: the bytes end inside it; more may come. `next` is where it ends once it is known.
 * - `bad-length`: the sum of the length is wrong, so nobody knows where the next one starts.
 * - `bad-payload`: the length is right, the payload is not: passed over.
 * - `too-long`: the length is right and beyond `RECORD_MAX`: passed over.
 */
export type FrameStatus = 'record' | 'short' | 'bad-length' | 'bad-payload' | 'too-long'

/** Finds one TFRecord after the other. One object for all of them: there are millions. */
export class Frame {
  status: FrameStatus = 'short'
  /** Payload: bytes[start, end). */
  start = 0
  end = 0
  /** Where the next record starts; for `short`, where this one ends as far as is known. */
  next = 0

  /** Looks at the record at `at`. `view` is over the same bytes, which end at `end`. */
  read(bytes: Uint8Array, view: DataView, at: number, end: number): FrameStatus {
    if (end - at < HEADER_BYTES) {
      this.next = at + HEADER_BYTES
      this.status = 'short'
      return this.status
    }
    const low = view.getUint32(at, true)
    const high = view.getUint32(at + 4, true)
    const expected = high === 0 && low < KNOWN_LENGTHS ? lengthSum(bytes, at, low) : maskedCrc32c(bytes, at, at + 8)
    if (view.getUint32(at + 8, true) !== expected) {
      this.status = 'bad-length'
      return this.status
    }
    const length = low + high * 2 ** 32
    this.start = at + HEADER_BYTES
    this.end = this.start + length
    this.next = this.end + FOOTER_BYTES
    if (length > RECORD_MAX) this.status = 'too-long'
    else if (this.next > end) this.status = 'short'
    else this.status = view.getUint32(this.end, true) === maskedCrc32c(bytes, this.start, this.end, view) ? 'record' : 'bad-payload'
    return this.status
  }
}
