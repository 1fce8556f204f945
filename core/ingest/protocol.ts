/** Words of the ingest endpoints, see docs/http.md. */
import type { JsonObject, RunEnvironment } from '../run.ts'

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
