import type { ErrorCode, ErrorFacts } from '../../core/errors.ts'
import type { IngestLimits } from './limits.ts'

/** What the thread is started with. */
export interface IngestPlan {
  /** The store; made when it is missing, as by a run that logs locally. */
  location: string
  limits: IngestLimits
}

export type Operation = 'open' | 'batch' | 'patch' | 'heartbeat' | 'finish'

/** One request, its body as it came. */
export interface IngestTask {
  operation: Operation
  /** From the address; '' for `open`. */
  runId: string
  body: Uint8Array
  gzip: boolean
  /** A binary batch; else JSON. */
  binary: boolean
  /** The client's clock when it sent this, when it said so. */
  sentAt: number | null
  adjustClock: boolean
  /** ms since epoch */
  receivedAt: number
  /** Only runs of this project may be written; null: any. */
  project: string | null
  /** Token to be noted as used. */
  tokenId: string | null
}

/** What a task came to. `internal`: a defect; its stack is for the server's console. */
export type IngestOutcome =
  | { ok: true; status: 200 | 201; body: unknown }
  | { ok: false; code: ErrorCode; message: string; facts?: ErrorFacts }
  | { ok: false; code: 'internal'; message: string }

export type ToIngest = { type: 'task'; id: number; task: IngestTask } | { type: 'stop' }
export interface FromIngest {
  id: number
  outcome: IngestOutcome
}
