import { readSync } from 'node:fs'
import { FOOTER_BYTES, Frame, HEADER_BYTES, RECORD_MAX } from '../../../core/tfevents/framing.ts'

const CHUNK = 4 * 2 ** 20

/** What is done with each record; offsets are those of the file. */
export interface RecordSink {
  /** False: not yet; a pause is wanted before it, and then it comes again. */
  record(bytes: Uint8Array, view: DataView, start: number, end: number, offset: number): boolean
  /** A record that is passed over because its contents are damaged or too long. */
  passed(offset: number, reason: string): void
  /** After every chunk: what was read so far may be stored. */
  pause(read: number): Promise<void>
}

/** How a reading ended: at the end of what is there, inside a record (`short`), or where nothing can be read on (`stopped`). */
export interface ReadEnd {
  read: number
  end: 'whole' | 'short' | 'stopped'
}

/**
 * Reads the records of event files, a chunk at a time: memory does not grow with the file, only with its longest record. One buffer serves all
 * files; the bytes handed out are gone at the next chunk.
 */
export class ChunkReader {
  private bytes = new Uint8Array(CHUNK)
  private view = new DataView(this.bytes.buffer)
  private readonly frame = new Frame()

  /** Reads from `offset` (the start of a record) to the end of the file as it is now. */
  async read(descriptor: number, offset: number, sink: RecordSink): Promise<ReadEnd> {
    let base = offset
    let filled = 0
    for (;;) {
      const wanted = this.bytes.length - filled
      const got = readSync(descriptor, this.bytes, filled, wanted, base + filled)
      filled += got
      let at = 0
      const { frame } = this
      while (at < filled && frame.read(this.bytes, this.view, at, filled) !== 'short') {
        if (frame.status === 'bad-length') return this.finish(sink, base + at, 'stopped')
        if (frame.status === 'too-long') break
        if (frame.status === 'record') {
          if (!sink.record(this.bytes, this.view, frame.start, frame.end, base + at)) {
            await sink.pause(base + at)
            continue
          }
        } else sink.passed(base + at, 'the checksum of its contents is wrong')
        at = frame.next
      }
      const left = filled - at
      if (left > 0 && frame.status === 'too-long') {
        const next = base + frame.next
        if (!this.reaches(descriptor, next)) return this.finish(sink, base + at, 'short')
        sink.passed(base + at, `it is ${frame.end - frame.start} bytes long; at most ${RECORD_MAX} are read`)
        base = next
        filled = 0
        await sink.pause(base)
        continue
      }
      const missing = left > 0 ? frame.next - at : HEADER_BYTES
      // Nothing more there: wait for it. (A read may return less than asked for, but not nothing.)
      if (got === 0) return this.finish(sink, base + at, left > 0 ? 'short' : 'whole')
      // No room is made for a record that is not there yet.
      if (missing > CHUNK && !this.reaches(descriptor, base + frame.next)) return this.finish(sink, base + at, 'short')
      this.keep(at, filled, missing)
      base += at
      filled = left
      await sink.pause(base)
    }
  }

  private async finish(sink: RecordSink, read: number, end: ReadEnd['end']): Promise<ReadEnd> {
    await sink.pause(read)
    return { read, end }
  }

  /** Whether the file holds the byte before `offset`. */
  private reaches(descriptor: number, offset: number): boolean {
    return readSync(descriptor, new Uint8Array(1), 0, 1, offset - 1) === 1
  }

  /** Moves the rest to the front, in a buffer that can hold its whole record. */
  private keep(from: number, to: number, needed: number): void {
    const most = RECORD_MAX + HEADER_BYTES + FOOTER_BYTES
    const size = Math.max(CHUNK, to - from, Math.min(most, needed))
    if (size > this.bytes.length || (size === CHUNK && this.bytes.length > CHUNK)) {
      const next = new Uint8Array(size)
      next.set(this.bytes.subarray(from, to))
      this.bytes = next
      this.view = new DataView(next.buffer)
    } else this.bytes.copyWithin(0, from, to)
  }
}
