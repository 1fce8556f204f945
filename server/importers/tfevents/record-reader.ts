import { ReadAhead } from './read-ahead.ts'
import { newRoom, type Piece, type PieceEnd, type PieceRoom, RECORD_NUMBERS, readPiece } from './read-piece.ts'

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

/** From so many bytes on, a thread that reads ahead is worth its start. */
const AHEAD_FROM = 16 * 2 ** 20

/**
 * Reads the records of event files, a piece at a time: memory does not grow with the file, only with its longest record. The bytes handed out are
 * gone at the next piece.
 */
export class RecordReader {
  private room: PieceRoom | null = null
  private readonly ahead = new ReadAhead()

  /** @param aheadFrom bytes to be read from which on a thread of its own reads ahead; default 16 MiB */
  constructor(private readonly aheadFrom: number = AHEAD_FROM) {}

  /** Reads from `offset` (the start of a record) to the end of the file as it is now, about `size` bytes in all. */
  async read(descriptor: number, offset: number, size: number, sink: RecordSink): Promise<ReadEnd> {
    const pieces = size - offset >= this.aheadFrom ? this.ahead.pieces(descriptor, offset) : this.pieces(descriptor, offset)
    for await (const piece of pieces) {
      await hand(piece, sink)
      if (piece.end !== null) return { read: piece.read, end: piece.end }
    }
    throw new Error('the reading of an event file ended before the file')
  }

  close(): void {
    this.ahead.close()
  }

  private *pieces(descriptor: number, offset: number): Generator<Piece> {
    for (let from = offset; ; ) {
      const piece = readPiece(descriptor, from, this.room ?? newRoom())
      this.room = { bytes: piece.bytes, records: piece.records }
      yield piece
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
