import type { FlushBatch } from '../flush-batch.ts'

/** One batch on its way, with what makes it come exactly once. */
export interface WireBatch {
  /** Id of the client session that wrote it: 1 to 64 letters, digits, `-` and `_`. */
  writer: string
  /** 1, 2, 3 … per writer. */
  sequence: number
  batch: FlushBatch
}
