import { closeSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'

/** Blocks of the log, counted from the start of the file, whose first seven bytes are its own header. */
const BLOCK = 32_768
const HEADER = 7
const FIRST = 2
const MIDDLE = 3
const LAST = 4
const FULL = 1
/** A record is held in memory whole. */
const RECORD_MAX = 256 * 2 ** 20

/** `:W&B`, a magic number and the version of the framing. */
export function isWandbLog(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 6)).toString('latin1') === ':W&B\xe1\xbe'
}

/** Sums over the byte of each type: the sum of a piece begins with it. */
const TYPE_SUMS = [0, FULL, FIRST, MIDDLE, LAST].map((type) => crc32(Uint8Array.of(type)))

export interface LogRecord {
  bytes: Uint8Array
  /** Byte at which it begins. */
  offset: number
}

export interface LogEnd {
  /** What is left after the last whole record, and from which byte: an end that is still to be written, or was never. */
  incomplete: { offset: number; bytes: number } | null
}

/**
 * The records of a W&B log, in LevelDB's framing. A piece whose checksum is wrong is passed over and told, with the pieces of its record; reading
 * goes on with the next one. The last block may end anywhere.
 */
export function* readWandbLog(path: string, onDamage: (offset: number, reason: string) => void): Generator<LogRecord, LogEnd> {
  const descriptor = openSync(path, 'r')
  try {
    const block = new Uint8Array(BLOCK)
    let parts: Uint8Array[] = []
    let started = -1
    let size = 0
    const drop = (offset: number, reason: string) => {
      onDamage(started >= 0 ? started : offset, reason)
      parts = []
      started = -1
      size = 0
    }
    for (let base = 0; ; base += BLOCK) {
      const filled = fill(descriptor, block, base)
      let at = base === 0 ? HEADER : 0
      while (at + HEADER <= filled) {
        const view = new DataView(block.buffer, at)
        const [sum, length, type] = [view.getUint32(0, true), view.getUint16(4, true), view.getUint8(6)]
        // The rest of a block that is too short for a header is filled with zeros.
        if (type === 0 && length === 0) break
        const from = at + HEADER
        const to = from + length
        if (to > filled) {
          if (filled < BLOCK) return { incomplete: { offset: started >= 0 ? started : base + at, bytes: filled - at } }
          drop(base + at, 'a length goes beyond its block: the rest of the block cannot be read')
          break
        }
        const payload = block.subarray(from, to)
        const offset = base + at
        at = to
        if (type > LAST || crc32(payload, TYPE_SUMS[type]) !== sum) {
          drop(offset, 'its checksum is wrong')
          continue
        }
        if (type === FULL || type === FIRST) {
          if (started >= 0) drop(started, 'a record ends before its last piece')
          started = offset
        } else if (started < 0) continue
        parts.push(payload.slice())
        size += length
        if (size > RECORD_MAX) drop(offset, `a record is longer than ${RECORD_MAX} bytes`)
        else if (type === FULL || type === LAST) {
          yield { bytes: parts.length === 1 ? parts[0]! : Buffer.concat(parts), offset: started }
          parts = []
          started = -1
          size = 0
        }
      }
      if (filled < BLOCK) {
        const left = filled - at
        const isPadding = left > 0 && block.subarray(at, filled).every((byte) => byte === 0)
        if (started >= 0) return { incomplete: { offset: started, bytes: base + filled - started } }
        return { incomplete: left > 0 && !isPadding ? { offset: base + at, bytes: left } : null }
      }
    }
  } finally {
    closeSync(descriptor)
  }
}

function fill(descriptor: number, block: Uint8Array, from: number): number {
  let filled = 0
  while (filled < BLOCK) {
    const got = readSync(descriptor, block, filled, BLOCK - filled, from + filled)
    if (got === 0) break
    filled += got
  }
  return filled
}
