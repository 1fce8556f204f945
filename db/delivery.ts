import type { FlushBatch, RunWriter } from './store.ts'

/** A batch that may arrive twice: `sequence` counts those of one client session, 1, 2, 3 …; the store takes each once, in order. */
export interface Delivery {
  writer: string
  sequence: number
}

/** What the store knows of a client session that delivers batches. */
export interface DeliveryState {
  writer: string
  runId: string
  attempt: number
  /** Highest batch stored; 0: none yet. */
  lastSequence: number
}

/** Takes batches that come over a network, where nobody knows whether an unanswered one arrived. */
export interface DeliveryWriter extends RunWriter {
  /** Series whose state is kept in memory, about 25 kB each. */
  readonly seriesCount: number
  /**
   * As `flush`, counting the batch in the same transaction. Returns false, having written nothing, when it was stored before. Throws
   * `sequence_gap` when one before it is missing. When a newer attempt has begun, the run's status, end and heartbeat are left to that one.
   */
  deliver(delivery: Delivery, batch: FlushBatch): boolean
}
