/** Words of the ingest endpoints, see docs/http.md. */
import type { JsonObject, RunEnvironment, RunStatus } from '../run.ts'

export const API_PATH = '/api/v1'
/** Content type of a binary batch. */
export const BATCH_TYPE = 'application/vnd.lossboard.batch'

/** Bytes of a body as it is sent, and of what a gzipped one may unpack to. */
export const BODY_MAX = 16 * 2 ** 20
export const INFLATED_MAX = 64 * 2 ** 20
/** The client's clock at the moment of sending, ms since epoch: batches are kept and sent again as they are, so it cannot stand inside. */
export const SENT_AT_HEADER = 'lossboard-sent-at'
/** `adjust`: the server shifts the times of the request when the clocks are more than a day apart; else it refuses. */
export const CLOCK_HEADER = 'lossboard-clock'

/** `POST /runs`. */
export interface OpenRunBody {
  /** Random id of this client session: one attempt of one run. Asking again with the same one gives the same run and attempt. */
  writer: string
  /** Made by the client, so that it is known before the server is reached; left out: the server makes one. */
  id?: string
  project: string
  name?: string | null
  group?: string | null
  jobType?: string | null
  tags?: string[] | null
  notes?: string | null
  config?: JsonObject
  environment?: RunEnvironment
  seed?: number | null
  startedAt: number
  resume: 'never' | 'allow' | 'must'
  forkFrom?: { run: string; step: number } | null
  study?: { id: string; variant: string; seed: number | null } | null
  /** Version of the program that writes. */
  writerVersion?: string
  /** As the headers; those win. */
  sentAt?: number
  clock?: 'adjust'
}
export interface OpenRunAnswer {
  id: string
  name: string
  number: number
  attempt: number
  /** When the run, not this attempt, began. */
  startedAt: number
  /** Step at which a resumed or forked run goes on. */
  nextStep: number
  /** Number of the next console line: the step of the record that holds it. */
  nextLine: number
  status: RunStatus
  /** Highest batch stored of this writer; 0: none. */
  lastSequence: number
  config: JsonObject
  summary: JsonObject
}

/** `POST /runs/{id}/batches`. */
export interface BatchAnswer {
  sequence: number
  /** The batch was stored before: nothing was written. */
  duplicate: boolean
  points: number
  records: number
}

/** `GET /api/v1`. */
export interface ServerAnswer {
  name: string
  version: string
  protocol: number
  limits: { bodyBytes: number; inflatedBytes: number }
  /** The token that was sent; null: none was, or it is the server's own. */
  token: { id: string; name: string; scope: string; project: string | null; expiresAt: number | null } | null
  /** The server's clock, ms since epoch. */
  now: number
}

/** Any answer that is no success. */
export interface ErrorAnswer {
  error: { code: string; message: string; status: number; expected?: number; limit?: number }
}
