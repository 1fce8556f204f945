type Tables = [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array, Int32Array]

/** Counts a cyclic redundancy check of bytes[from, to), as an unsigned number. `view` is over the same bytes. */
export type Crc = (bytes: Uint8Array, from?: number, to?: number, view?: DataView) => number

function makeTables(polynomial: number): Tables {
  const first = new Int32Array(256).map((_, index) => {
    let crc = index
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
    return crc
  })
  const tables = [first]
  for (let t = 1; t < 8; t++) {
    const before = tables[t - 1]!
    tables.push(before.map((crc) => (crc >>> 8) ^ first[crc & 0xff]!))
  }
  return tables as Tables
}

/**
 * A 32-bit check of the usual form: bits reflected, begun with and ended by all ones.
 * Eight tables: eight bytes are taken at a time, since the sum is counted for every byte that is read.
 */
export function makeCrc(polynomial: number): Crc {
  const [T0, T1, T2, T3, T4, T5, T6, T7] = makeTables(polynomial)
  return (bytes, from = 0, to = bytes.length, view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) => {
    let crc = -1
    let at = from
    for (const last = to - 8; at <= last; at += 8) {
      crc ^= view.getInt32(at, true)
      const next = view.getInt32(at + 4, true)
      crc =
        T7[crc & 0xff]! ^
        T6[(crc >>> 8) & 0xff]! ^
        T5[(crc >>> 16) & 0xff]! ^
        T4[crc >>> 24]! ^
        T3[next & 0xff]! ^
        T2[(next >>> 8) & 0xff]! ^
        T1[(next >>> 16) & 0xff]! ^
        T0[next >>> 24]!
    }
    for (; at < to; at++) crc = T0[(crc ^ bytes[at]!) & 0xff]! ^ (crc >>> 8)
    return ~crc >>> 0
  }
}

/** CRC-32 as zlib, gzip and PNG have it: what other languages have in their standard library. */
export const crc32 = makeCrc(0xedb88320)
