import type { Worker } from 'node:worker_threads'
import { LossboardError } from '../../core/errors.ts'
import type { FromIngest, IngestOutcome, IngestTask, ToIngest } from './ingest-messages.ts'
import { INGEST_LIMITS, type IngestLimits } from './limits.ts'
import { RateLimits } from './rate-limits.ts'
import { startIngestWorker } from './start-ingest-worker.ts'

export interface IngestOptions {
  /** The store's file; asked for at the first request. */
  location: () => Promise<string>
  limits?: Partial<IngestLimits>
}

/** A place in the queue, taken before a body is read. */
export interface Place {
  /** Room for so many bytes in all. Throws `server_busy`. */
  grow(bytes: number): void
  leave(): void
}

/**
 * What is logged over HTTP on its way to the store. Unpacking, checking and storing happen in a thread of their own, one request after the other:
 * pages are answered meanwhile. The thread starts with the first request.
 */
export class Ingest {
  readonly limits: IngestLimits
  readonly rates: RateLimits
  #worker: Promise<Worker> | null = null
  readonly #waiting = new Map<number, (outcome: IngestOutcome) => void>()
  #lastId = 0
  #requests = 0
  #bytes = 0
  #closed = false

  constructor(private readonly options: IngestOptions) {
    this.limits = { ...INGEST_LIMITS, ...options.limits }
    this.rates = new RateLimits(this.limits)
  }

  /** Throws `server_busy` when too much is waiting. */
  enter(): Place {
    const { waitingRequests, waitingBytes } = this.limits
    if (this.#closed || this.#requests >= waitingRequests) throw busy(`${this.#requests} requests wait to be stored`)
    this.#requests++
    let held = 0
    let left = false
    return {
      grow: (bytes) => {
        // One that fits by itself is taken when nothing else waits, whatever the limits are.
        if (bytes > held && this.#bytes > held && this.#bytes - held + bytes > waitingBytes) throw busy(`${this.#bytes} bytes wait to be stored`)
        this.#bytes += bytes - held
        held = bytes
      },
      leave: () => {
        if (left) return
        left = true
        this.#requests--
        this.#bytes -= held
      },
    }
  }

  async run(task: IngestTask): Promise<IngestOutcome> {
    const worker = await this.#start()
    const id = ++this.#lastId
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      const { buffer } = task.body
      // Moved, not copied; never the pool that small buffers share.
      const whole = buffer instanceof ArrayBuffer && buffer.byteLength === task.body.byteLength
      worker.postMessage({ type: 'task', id, task } satisfies ToIngest, whole ? [buffer] : [])
    })
  }

  /** Ends the thread once it has stored what it was given. */
  async close(): Promise<void> {
    this.#closed = true
    const worker = await this.#worker?.catch(() => null)
    if (!worker) return
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
    worker.postMessage({ type: 'stop' } satisfies ToIngest)
    await ended
  }

  #start(): Promise<Worker> {
    this.#worker ??= this.#begin().catch((error: unknown) => {
      this.#worker = null
      throw error
    })
    return this.#worker
  }

  async #begin(): Promise<Worker> {
    const worker = startIngestWorker({ location: await this.options.location(), limits: this.limits })
    let failure = 'the thread that stores ended'
    worker.on('message', ({ id, outcome }: FromIngest) => {
      this.#waiting.get(id)?.(outcome)
      this.#waiting.delete(id)
    })
    worker.on('error', (error: unknown) => (failure = error instanceof Error ? (error.stack ?? error.message) : String(error)))
    worker.on('exit', () => {
      // The next request starts another.
      this.#worker = null
      for (const resolve of this.#waiting.values()) resolve({ ok: false, code: 'internal', message: failure })
      this.#waiting.clear()
    })
    return worker
  }
}

function busy(why: string): LossboardError {
  return new LossboardError('server_busy', `the server cannot take more at the moment (${why}): send it again in a second`, {
    facts: { retryAfter: 1 },
  })
}
