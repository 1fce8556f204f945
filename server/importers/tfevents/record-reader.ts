import { newRoom, type Piece, type PieceEnd, RECORD_NUMBERS, readPiece } from './read-piece.ts'

/** What is done with each record; offsets are those of the file. */
export interface RecordSink {
  /** False: not yet; a pause is wanted before it, and then it comes again. */
  record(bytes: Uint8Array, view: DataView, start: number, end: number, offset: number): boolean
  /** A record that is passed over because its contents are damaged or too long. */
  passed(offset: number, reason: string): void
  /** After every piece: what was read so far may be stored. */
  pause(read: number): Promise<void>
}

export interface ReadEnd {
  read: number
  end: PieceEnd
}

/**
 * Reads the records of event files, a piece at a time: memory does not grow with the file, only with its longest record. One room serves all
 * files; the bytes handed out are gone at the next piece.
 *
 * A thread that reads and checks the next piece meanwhile was tried and made it slower: what it read came from another processor's cache.
 */
export class RecordReader {
  private room = newRoom()

  /** Reads from `offset` (the start of a record) to the end of the file as it is now. */
  async read(descriptor: number, offset: number, sink: RecordSink): Promise<ReadEnd> {
    for (let from = offset; ; ) {
      const piece = readPiece(descriptor, from, this.room)
      this.room = piece
      await hand(piece, sink)
      if (piece.end !== null) return { read: piece.read, end: piece.end }
      from = piece.read
    }
  }
}

async function hand({ bytes, records, base, count, reasons, read }: Piece, sink: RecordSink): Promise<void> {
  const view = new DataView(bytes.buffer)
  let passed = 0
  for (let at = 0; at < count * RECORD_NUMBERS; at += RECORD_NUMBERS) {
    const offset = base + records[at]!
    const end = records[at + 2]!
    if (end < 0) sink.passed(offset, reasons[passed++] ?? '')
    else while (!sink.record(bytes, view, records[at + 1]!, end, offset)) await sink.pause(offset)
  }
  await sink.pause(read)
}
