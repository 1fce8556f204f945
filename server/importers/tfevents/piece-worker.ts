/** The thread that reads ahead: it finds the records of a file and checks their checksums while those before are decoded and stored. */
import { parentPort } from 'node:worker_threads'
import type { FromPieceWorker, ToPieceWorker } from './piece-messages.ts'
import { newRoom, type Piece, readPiece } from './read-piece.ts'

/** Pieces under way at once: one is stored, one waits, one is read. */
const ROOMS = 3

const port = parentPort!
const rooms = Array.from({ length: ROOMS }, newRoom)
let file: { descriptor: number; offset: number } | null = null

const tell = (message: FromPieceWorker, handOver: ArrayBuffer[] = []) => port.postMessage(message, handOver)

function readOn(): void {
  while (file) {
    const room = rooms.pop()
    if (!room) return
    let piece: Piece
    try {
      piece = readPiece(file.descriptor, file.offset, room)
    } catch (error) {
      const { message, code, syscall } = error as NodeJS.ErrnoException
      rooms.push(room)
      file = null
      tell({ type: 'failed', message, code, syscall })
      return
    }
    file = piece.end === null ? { ...file, offset: piece.read } : null
    tell({ type: 'piece', piece }, [piece.bytes.buffer, piece.records.buffer])
  }
}

port.on('message', (message: ToPieceWorker) => {
  if (message.type === 'read') file = message
  else if (message.type === 'room') rooms.push(message.room)
  else {
    file = null
    tell({ type: 'stopped' })
  }
  readOn()
})
