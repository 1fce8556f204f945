/** What a run's writer hands over at once: to the store, to a server, to a journal. */
import type { Json, JsonObject, MetricRule, RunEnvironment, RunStatus } from './run.ts'
import type { LinkRole } from './run-link.ts'

export interface RunPatch {
  name?: string
  group?: string | null
  jobType?: string | null
  tags?: string[]
  notes?: string
  archived?: boolean
  status?: RunStatus
  statusReason?: string | null
  endedAt?: number | null
  heartbeatAt?: number
  config?: JsonObject
  summary?: JsonObject
  /** Keys added to what is stored, by a writer that does not know it: `config` and `summary` replace it whole. */
  mergeConfig?: JsonObject
  mergeSummary?: JsonObject
  environment?: RunEnvironment
  droppedPoints?: number
}

/** Points in arrival order, as columns. `series[i]` indexes `names`. */
export interface PointBatch {
  names: string[]
  series: Uint32Array
  step: Float64Array
  /** ms since epoch, may be fractional. */
  wall: Float64Array
  value: Float64Array
}

export interface NewRecord {
  name: string
  kind: string
  step: number
  wall: number
  payload: Json
  blob?: Uint8Array
  blobType?: string
}

export interface NewLink {
  /** The other run: id, or name or #number when unique. */
  to: string
  role: LinkRole
  step: number | null
  hash: string | null
  detail: JsonObject
}

/** Records of this run (every attempt) whose blobs are given up; rows without a blob stay as they are. */
export interface RecordPruning {
  name: string
  steps: number[]
}

/** One call is one transaction: all of it is committed or nothing changed (also in memory). */
export interface FlushBatch {
  points?: PointBatch
  records?: NewRecord[]
  /** After `records`: drops the blob, keeps the row, and sets `pruned: true` in its payload. The file goes when no record of the store refers to it. */
  prune?: RecordPruning[]
  /** Making a link again (same run, role, step and hash) replaces its detail. */
  links?: NewLink[]
  patch?: RunPatch
  rules?: MetricRule[]
}
