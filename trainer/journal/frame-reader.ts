import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from '../../core/crc.ts'
import { BATCH_MIN, OFFSET } from '../../core/ingest/batch-bytes.ts'
import { FRAME_HEAD, readFrameHead } from '../../core/ingest/journal.ts'

export interface JournalFrame {
  sequence: number
  bytes: Uint8Array
  /** Its checksum is wrong: the disk changed it. The sequence is then the one after the frame before. */
  damaged: boolean
}

/** Reads one frame after the other of a file of frames, which may grow meanwhile. Holds one batch in memory. */
export class FrameReader {
  readonly #path: string
  #file: number | null = null
  #last: number
  /** Where the next frame begins. */
  offset = 0

  /** @param before the sequence before the first frame, should that one be damaged */
  constructor(path: string, before: number) {
    this.#path = path
    this.#last = before
  }

  /** The next whole frame; null when there is none (yet). */
  next(): JournalFrame | null {
    const file = this.#open()
    if (file === null) return null
    const length = readFrameHead(readAt(file, this.offset, FRAME_HEAD))
    // A length that fits its checksum is right; the file may still end before the batch does.
    if (length === null || this.offset + FRAME_HEAD + length > fstatSync(file).size) return null
    const bytes = readAt(file, this.offset + FRAME_HEAD, length)
    this.offset += FRAME_HEAD + length
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const damaged = length < BATCH_MIN || view.getUint32(length - 4, true) !== crc32(bytes, 0, length - 4, view)
    this.#last = damaged ? this.#last + 1 : view.getUint32(OFFSET.sequence, true)
    return { sequence: this.#last, bytes, damaged }
  }

  /** Bytes after the last whole frame read. */
  rest(): number {
    const file = this.#open()
    return file === null ? 0 : Math.max(0, fstatSync(file).size - this.offset)
  }

  /** From the beginning again. */
  rewind(before: number): void {
    this.close()
    this.offset = 0
    this.#last = before
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  #open(): number | null {
    try {
      this.#file ??= openSync(this.#path, 'r')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    return this.#file
  }
}

function readAt(file: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let read = 0
  while (read < length) {
    const count = readSync(file, bytes, read, length - read, at + read)
    if (count === 0) break
    read += count
  }
  return read === length ? bytes : bytes.subarray(0, read)
}
