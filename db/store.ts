/**
 * The store as every other layer sees it: no SQL, no driver types. One implementation per dialect,
 * all held to test/db/store-contract.ts. Reading is asynchronous so that a network dialect fits.
 */
import type { ChartColumns, ChartRequest } from '../core/chart.ts'
import type { Overview } from '../core/overview.ts'
import type { Attempt, Json, JsonObject, MetricRule, Run, RunEnvironment, RunStatus, SeriesSummary } from '../core/run.ts'
import type { RecordKey, StoredRecord } from '../core/stored-record.ts'

export type { MetricColumn, Overview } from '../core/overview.ts'
export type { RecordKey, StoredRecord } from '../core/stored-record.ts'

export interface NewRun {
  id: string
  project: string
  /** null: the store makes `adjective-animal-number`. */
  name: string | null
  group: string | null
  jobType: string | null
  tags: string[]
  notes: string
  startedAt: number
  config: JsonObject
  environment: RunEnvironment
  seed: number | null
  parentId: string | null
  forkStep: number | null
  writerVersion: string
}

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

/** One call is one transaction: all of it is committed or nothing changed (also in memory). */
export interface FlushBatch {
  points?: PointBatch
  records?: NewRecord[]
  patch?: RunPatch
  rules?: MetricRule[]
}

/**
 * Writes one run. Held by one process; several writers may write different runs of the same file.
 * `flush` throws LossboardError('store_busy' | 'disk_full' | …) and may be called again with the same batch.
 */
export interface RunWriter {
  readonly runId: string
  readonly attempt: number
  flush(batch: FlushBatch, options?: { timeoutMs?: number }): void
  /** Packs the tail into spans. */
  compact(): void
  close(): void
}

export interface RunFilter {
  project?: string
  ids?: string[]
  archived?: boolean
}

export interface RecordQuery {
  runId: string
  name?: string
  kind?: string
  fromStep?: number
  toStep?: number
  afterId?: number
  /** Newest `limit` when `last`, else oldest. */
  limit?: number
  last?: boolean
  /** Also those of attempts that a later one replaced (see `core/line.ts`). Console output is never replaced. Default false. */
  all?: boolean
}

export interface Changes {
  rev: number
  /** Runs changed since the cursor. */
  runs: { id: string; rev: number; project: string }[]
  removed: string[]
  /** True when the cursor is too old (or of another file) to answer: read everything again. */
  reset: boolean
}

export interface StoreInfo {
  dialect: 'sqlite' | 'postgres'
  location: string
  readOnly: boolean
  schemaVersion: number
  bytes: number
  runs: number
  projects: number
  /** e.g. a network file system, where WAL is unsafe. */
  warnings: string[]
}

export interface ProjectInfo {
  name: string
  runs: number
  running: number
  lastActivityAt: number
}

/** A stretch of one series in full: every point of the newest line in step order, superseded ones left out. */
export interface SeriesPoints {
  step: Float64Array
  wall: Float64Array
  value: Float64Array
}

export interface Store {
  info(): Promise<StoreInfo>
  projects(): Promise<ProjectInfo[]>
  overview(filter: RunFilter, metrics: string[]): Promise<Overview>
  run(id: string): Promise<Run | null>
  /** By id, or by name or #number when unique; throws not_found naming near matches. */
  findRun(reference: string): Promise<Run>
  attempts(runId: string): Promise<Attempt[]>
  /** Runs forked from this one, oldest first. */
  children(runId: string): Promise<{ id: string; name: string }[]>
  series(runId: string): Promise<SeriesSummary[]>
  rules(runId: string): Promise<MetricRule[]>
  chart(requests: ChartRequest[]): Promise<ChartColumns[]>
  /** Full export, a batch at a time, step order. `all` adds superseded points and marks them. */
  points(runId: string, name: string, options?: { all?: boolean }): AsyncIterable<SeriesPoints & { superseded?: Uint8Array }>
  /** Names of the records that `records` gives by default. */
  recordKeys(runId: string): Promise<RecordKey[]>
  records(query: RecordQuery): Promise<StoredRecord[]>
  blob(hash: string): Promise<{ type: string; bytes: Uint8Array } | null>
  changes(sinceRev: number): Promise<Changes>
  /** Cheap: true when any other connection committed since the last call. */
  changed(): boolean
  updateRun(id: string, patch: Pick<RunPatch, 'name' | 'group' | 'jobType' | 'tags' | 'notes' | 'archived'>): Promise<Run>
  /** Deletes runs and their data; blobs no other run uses go too. */
  removeRuns(ids: string[]): Promise<{ removed: number; freedBytes: number }>
  /** Marks silent runs as crashed (heartbeat older than `silentMs`, or process gone on this host). Returns their ids. */
  markCrashed(now: number, silentMs: number): Promise<string[]>
  /** Packs tails left by plain clients and finished or crashed runs. */
  compact(): Promise<number>
  createRun(run: NewRun): Promise<RunWriter>
  /** New attempt of an existing run. */
  resumeRun(id: string, options: { forkStep: number | null; startedAt: number; environment: RunEnvironment }): Promise<RunWriter>
  checkpoint(): Promise<void>
  close(): Promise<void>
}
