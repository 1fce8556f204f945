import type { Piece, PieceRoom } from './read-piece.ts'

export type ToPieceWorker =
  | { type: 'read'; descriptor: number; offset: number }
  /** A piece is done with. */
  | { type: 'room'; room: PieceRoom }
  | { type: 'stop' }

export type FromPieceWorker =
  | { type: 'piece'; piece: Piece }
  | { type: 'failed'; message: string; code: string | undefined; syscall: string | undefined }
  /** Nothing more comes of the reading that was stopped. */
  | { type: 'stopped' }
