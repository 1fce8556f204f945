import { BODY_MAX, INFLATED_MAX } from '../../core/ingest/protocol.ts'

/** What one server takes. `GET /api/v1` tells the first six. */
export interface IngestLimits {
  /** Bytes of a body as it is sent, and of what a gzipped one may unpack to. */
  bodyBytes: number
  inflatedBytes: number
  /** Of one batch. */
  points: number
  records: number
  names: number
  /** Of one token, on average; twice as much at once. */
  requestsPerSecond: number
  bytesPerSecond: number
  /** Of all requests that wait to be stored. More are told to come back. */
  waitingRequests: number
  waitingBytes: number
  /** A body of which nothing came for so long is given up. */
  stalledMs: number
}

export const INGEST_LIMITS: IngestLimits = {
  bodyBytes: BODY_MAX,
  inflatedBytes: INFLATED_MAX,
  points: 1_000_000,
  records: 10_000,
  names: 10_000,
  requestsPerSecond: 1_000,
  bytesPerSecond: 128 * 2 ** 20,
  waitingRequests: 1_000,
  waitingBytes: 128 * 2 ** 20,
  stalledMs: 30_000,
}
