import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { FOOTER_BYTES, Frame, HEADER_BYTES } from '../../../core/tfevents/framing.ts'

const LOOKED_AT = 4096

export interface FirstRecord {
  /** Tells the file from others of its name; null while its first record is not whole. */
  id: string | null
  /** Wall time of its first event, ms since epoch; null when that cannot be told. */
  wall: number | null
}

/** What the beginning of an event file says: nearly always its version, with the time at which it was made. */
export function readFirstRecord(descriptor: number): FirstRecord {
  const bytes = new Uint8Array(LOOKED_AT)
  const size = readSync(descriptor, bytes, 0, LOOKED_AT, 0)
  const view = new DataView(bytes.buffer)
  const frame = new Frame()
  const status = frame.read(bytes, view, 0, size)
  const end = status === 'bad-length' ? HEADER_BYTES : Math.min(frame.next, LOOKED_AT)
  if (size < end || size < HEADER_BYTES + FOOTER_BYTES) return { id: null, wall: null }
  const hasWall = status === 'record' && frame.end - frame.start >= 9 && bytes[frame.start] === 0x09
  const seconds = hasWall ? view.getFloat64(frame.start + 1, true) : Number.NaN
  return {
    id: createHash('sha256').update(bytes.subarray(0, end)).digest('hex'),
    wall: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
  }
}

export interface Signature extends FirstRecord {
  name: string
  /** ms since epoch. */
  modifiedAt: number
}

/** How each of the files that can be opened begins. */
export function readSignatures(folder: string, names: readonly string[]): Signature[] {
  return names.flatMap((name) => {
    try {
      const descriptor = openSync(join(folder, name), 'r')
      try {
        return [{ name, modifiedAt: fstatSync(descriptor).mtimeMs, ...readFirstRecord(descriptor) }]
      } finally {
        closeSync(descriptor)
      }
    } catch {
      // Gone or not readable: reading it will say so.
      return []
    }
  })
}
