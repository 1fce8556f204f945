import type { Worker } from 'node:worker_threads'
import { startThread } from '../../start-thread.ts'
import type { FromPieceWorker, ToPieceWorker } from './piece-messages.ts'
import type { Piece } from './read-piece.ts'

/** Pieces of a file, read and checked by a thread of its own while the caller works on those before. One file at a time. */
export class ReadAhead {
  private worker: Worker | null = null
  private readonly arrived: FromPieceWorker[] = []
  private wake: (() => void) | null = null
  private broken: Error | null = null

  /** The bytes of a piece are gone once the next one is asked for. The descriptor must stay open until the iteration has ended. */
  async *pieces(descriptor: number, offset: number): AsyncGenerator<Piece> {
    const worker = this.start()
    worker.ref()
    let ended = false
    let held: Piece | null = null
    try {
      this.tell({ type: 'read', descriptor, offset })
      while (!ended) {
        const message = await this.next()
        if (message.type === 'stopped') throw new Error('a reading ended that nobody stopped')
        if (message.type === 'failed') {
          ended = true
          throw Object.assign(new Error(message.message), { code: message.code, syscall: message.syscall })
        }
        held = message.piece
        ended = held.end !== null
        yield held
        this.giveBack(held)
        held = null
      }
    } finally {
      // The caller may leave at any piece, the last one too.
      if (held) this.giveBack(held)
      if (!ended && !this.broken) await this.stop()
      worker.unref()
    }
  }

  close(): void {
    void this.worker?.terminate()
    this.worker = null
  }

  private start(): Worker {
    if (this.worker) return this.worker
    const worker = startThread('piece-worker', import.meta.url, { name: 'lossboard read ahead' })
    worker.on('message', (message: FromPieceWorker) => {
      this.arrived.push(message)
      this.wake?.()
    })
    worker.once('error', (error) => {
      this.broken = error
      this.wake?.()
    })
    this.worker = worker
    return worker
  }

  private async stop(): Promise<void> {
    this.tell({ type: 'stop' })
    for (let message = await this.next(); message.type !== 'stopped'; message = await this.next())
      if (message.type === 'piece') this.giveBack(message.piece)
  }

  private async next(): Promise<FromPieceWorker> {
    for (;;) {
      const message = this.arrived.shift()
      if (message) return message
      if (this.broken) throw this.broken
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  private giveBack({ bytes, records }: Piece): void {
    this.tell({ type: 'room', room: { bytes, records } }, [bytes.buffer, records.buffer])
  }

  private tell(message: ToPieceWorker, handOver: ArrayBuffer[] = []): void {
    this.worker?.postMessage(message, handOver)
  }
}
