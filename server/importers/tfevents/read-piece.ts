import { readSync } from 'node:fs'
import { FOOTER_BYTES, Frame, HEADER_BYTES, RECORD_MAX } from '../../../core/tfevents/framing.ts'

/** Bytes of a piece, unless one record needs more: few enough to be in the processor's cache still when its records are decoded. */
export const PIECE_BYTES = 2 ** 18
/** Numbers told of a record: where it begins, its contents from and to (all in the piece's bytes); to is −1 when it is passed over. */
export const RECORD_NUMBERS = 3

/** How a reading ended: at the end of what is there, inside a record (`short`), or where nothing can be read on (`stopped`). */
export type PieceEnd = 'whole' | 'short' | 'stopped'

/** Room for a piece of a file, used again for the next. */
interface PieceRoom {
  bytes: Uint8Array<ArrayBuffer>
  records: Int32Array<ArrayBuffer>
}

/** A stretch of a file from the start of a record on, with the records in it found and their checksums checked. */
export interface Piece extends PieceRoom {
  /** Offset in the file of bytes[0]. */
  base: number
  /** Records of `records`. */
  count: number
  /** Why those are passed over that are, in order. */
  reasons: string[]
  /** Offset in the file behind the last record. */
  read: number
  /** Null: the file goes on. */
  end: PieceEnd | null
}

export function newRoom(): PieceRoom {
  return roomFor(PIECE_BYTES)
}

function roomFor(bytes: number): PieceRoom {
  // The shortest record is all header and footer.
  const records = Math.ceil(PIECE_BYTES / (HEADER_BYTES + FOOTER_BYTES))
  return { bytes: new Uint8Array(bytes), records: new Int32Array(records * RECORD_NUMBERS) }
}

const frame = new Frame()

/**
 * Reads the records from `offset`, which is the start of one, as far as there is room. What is left of a record that is cut is read again with
 * the next piece. Room for a longer record is made only when the file holds it whole.
 */
export function readPiece(descriptor: number, offset: number, room: PieceRoom): Piece {
  // Room that one long record needed is given back.
  const fitting = room.bytes.length === PIECE_BYTES ? room : roomFor(PIECE_BYTES)
  const piece = readInto(descriptor, offset, fitting)
  if (piece.count > 0 || piece.end !== null) return piece
  const needed = frame.next
  if (!reaches(descriptor, offset + needed)) return { ...piece, end: 'short' }
  if (frame.status !== 'too-long') return readInto(descriptor, offset, roomFor(needed))
  const records = piece.records
  records.set([0, 0, -1])
  const reasons = [`it is ${frame.end - frame.start} bytes long; at most ${RECORD_MAX} are read`]
  return { ...piece, records, count: 1, reasons, read: offset + needed }
}

function readInto(descriptor: number, offset: number, { bytes, records }: PieceRoom): Piece {
  const filled = fill(descriptor, bytes, offset)
  const view = new DataView(bytes.buffer)
  const reasons: string[] = []
  let at = 0
  let count = 0
  while (at < filled && frame.read(bytes, view, at, filled) !== 'short' && frame.status !== 'bad-length' && frame.status !== 'too-long') {
    const to = count++ * RECORD_NUMBERS
    records[to] = at
    records[to + 1] = frame.start
    records[to + 2] = frame.status === 'record' ? frame.end : -1
    if (frame.status !== 'record') reasons.push('the checksum of its contents is wrong')
    at = frame.next
  }
  const piece = { bytes, records, base: offset, count, reasons, read: offset + at }
  if (at < filled && frame.status === 'bad-length') return { ...piece, end: 'stopped' }
  if (at < filled && frame.status === 'too-long') return { ...piece, end: null }
  if (filled === bytes.length) return { ...piece, end: null }
  return { ...piece, end: at < filled ? 'short' : 'whole' }
}

/** Bytes read; fewer than there is room for only at the end of the file. */
function fill(descriptor: number, bytes: Uint8Array, offset: number): number {
  let filled = 0
  for (;;) {
    const got = readSync(descriptor, bytes, filled, bytes.length - filled, offset + filled)
    filled += got
    if (got === 0 || filled === bytes.length) return filled
  }
}

/** Whether the file holds the byte before `offset`. */
function reaches(descriptor: number, offset: number): boolean {
  return readSync(descriptor, new Uint8Array(1), 0, 1, offset - 1) === 1
}
