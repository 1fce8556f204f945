/** Where what stands in a batch, shared by encoder and decoder. docs/http.md, "Binary batches", is the same in words. */

/** "LBBT". */
export const MAGIC = 0x5442_424c
export const VERSION = 1

export const OFFSET = { magic: 0, version: 4, writerLength: 5, reserved: 6, sequence: 8, length: 12, writer: 16 } as const

/** Sections in the order in which they stand; each at most once. */
export const SECTION = { points: 1, records: 2, changes: 3 } as const
export const SECTION_HEAD = 8

/** Four zeros, so that a batch is a multiple of 8 bytes long, and the checksum. */
export const TAIL_BYTES = 8
/** Writer of one character, no section. */
export const BATCH_MIN = OFFSET.writer + 8 + TAIL_BYTES

/** Bytes of one point in its four columns. */
export const POINT_BYTES = 28

/** Columns of float64 start at multiples of 8, so that they can be read where they lie. */
export const padded = (length: number): number => Math.ceil(length / 8) * 8

/** Id of a client session: one attempt of one run. */
export const WRITER_ID = /^[A-Za-z0-9_-]{1,64}$/
