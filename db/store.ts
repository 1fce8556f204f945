/**
 * The store as every other layer sees it: no SQL, no driver types. One implementation per dialect,
 * all held to test/db/store-contract.ts. Reading is asynchronous so that a network dialect fits.
 */
import type { Study, StudyDefinition, StudyRun, StudyShape } from '../core/ablation/study.ts'
import type { TableSettings } from '../core/ablation/table-settings.ts'
import type { ChartColumns, ChartRequest } from '../core/chart.ts'
import type { FlushBatch, RunPatch } from '../core/flush-batch.ts'
import type { Overview } from '../core/overview.ts'
import type { Attempt, JsonObject, MetricRule, Run, RunEnvironment, RunStatus, SeriesSummary } from '../core/run.ts'
import type { RunLinks } from '../core/run-link.ts'
import type { RecordKey, StoredRecord } from '../core/stored-record.ts'
import type { DeliveryState, DeliveryWriter } from './delivery.ts'
import type { FindingStore } from './finding-store.ts'
import type { TokenStore } from './tokens.ts'

export type { FlushBatch, NewLink, NewRecord, PointBatch, RecordPruning, RunPatch } from '../core/flush-batch.ts'
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
  /** Its place in a study, written in the same transaction as the run. */
  study?: { id: string; variant: string; seed: number | null } | null
  /** The client session that delivers this attempt's batches over the network, see `Delivery`; written in the same transaction. */
  writer?: string
}

export interface ResumeOptions {
  /** First step of the new attempt; null: whatever step it logs first in each series. */
  forkStep: number | null
  startedAt: number
  environment: RunEnvironment
  /** As in `NewRun`. */
  writer?: string
  /** Changes made in the same transaction. */
  patch?: RunPatch
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
  /** False leaves the contents out: every `payload` is null. For finding out what there is without reading megabytes. Default true. */
  payload?: boolean
  /** Also those of attempts that a later one replaced (see `core/line.ts`). Console output is never replaced. Default false. */
  all?: boolean
}

export interface Changes {
  rev: number
  /** Runs changed since the cursor. */
  runs: { id: string; rev: number; project: string }[]
  removed: string[]
  /** Studies made or changed since the cursor, their runs added included. What a run of one logs is not a change of the study. */
  studies: { id: string; rev: number; project: string }[]
  removedStudies: string[]
  /** Runs that were diagnosed, or whose findings were muted or not. `id` is the run's. What the run logged is not such a change. */
  findings: { id: string; rev: number; project: string }[]
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

/** A study as lists show it. */
export interface StudyInfo {
  id: string
  name: string
  project: string
  origin: StudyDefinition['origin']
  shape: StudyShape
  metrics: string[]
  variants: number
  /** Seeds asked for; null: whatever the runs have. */
  seeds: number | null
  /** Runs in it by stored status, deleted ones apart. Several may be attempts at one cell. */
  runs: { finished: number; running: number; failed: number; deleted: number }
  createdAt: number
  updatedAt: number
  rev: number
}

/** A stretch of one series in full: every point of the newest line in step order, superseded ones left out. */
export interface SeriesPoints {
  step: Float64Array
  wall: Float64Array
  value: Float64Array
}

export interface Store {
  readonly findings: FindingStore
  readonly tokens: TokenStore
  info(): Promise<StoreInfo>
  projects(): Promise<ProjectInfo[]>
  overview(filter: RunFilter, metrics: string[]): Promise<Overview>
  run(id: string): Promise<Run | null>
  /** By id, or by name or #number when unique; throws not_found naming near matches. */
  findRun(reference: string): Promise<Run>
  attempts(runId: string): Promise<Attempt[]>
  /** Runs forked from this one, oldest first. */
  children(runId: string): Promise<{ id: string; name: string }[]>
  links(runId: string): Promise<RunLinks>
  series(runId: string): Promise<SeriesSummary[]>
  rules(runId: string): Promise<MetricRule[]>
  chart(requests: ChartRequest[]): Promise<ChartColumns[]>
  /** Full export, a batch at a time, step order. `all` adds superseded points and marks them; `from` leaves out the steps below. */
  points(runId: string, name: string, options?: { all?: boolean; from?: number }): AsyncIterable<SeriesPoints & { superseded?: Uint8Array }>
  /** Names of the records that `records` gives by default. */
  recordKeys(runId: string): Promise<RecordKey[]>
  records(query: RecordQuery): Promise<StoredRecord[]>
  blob(hash: string): Promise<{ type: string; bytes: Uint8Array } | null>
  changes(sinceRev: number): Promise<Changes>
  /** Cheap: true when any other connection committed since the last call. */
  changed(): boolean
  updateRun(id: string, patch: Pick<RunPatch, 'name' | 'group' | 'jobType' | 'tags' | 'notes' | 'archived' | 'config' | 'summary'>): Promise<Run>
  /** Deletes runs and their data; blobs no other run uses go too. */
  removeRuns(ids: string[]): Promise<{ removed: number; freedBytes: number }>
  /** Says how a run ended that could not say it itself. One that finished or failed keeps its word. */
  endRun(id: string, end: { status: RunStatus; reason: string | null; endedAt: number }): Promise<Run>
  /** Newest change first. */
  studies(project?: string): Promise<StudyInfo[]>
  /** By id, or by name when unique (in the project, when one is given); throws not_found naming near matches. Runs deleted since stay listed. */
  study(reference: string, project?: string): Promise<Study>
  /** Makes the study, or replaces the definition of the one of this project and name; runs and settings of an existing one stay. */
  saveStudy(definition: StudyDefinition, settings?: TableSettings): Promise<Study>
  updateStudySettings(id: string, settings: TableSettings): Promise<Study>
  /** Forgets the study; its runs stay. */
  removeStudy(id: string): Promise<void>
  /** A run that is in the study already moves to the given place. */
  addStudyRuns(id: string, runs: StudyRun[]): Promise<Study>
  /** Takes runs out of the study; the runs stay. */
  dropStudyRuns(id: string, runIds: string[]): Promise<Study>
  /** Marks silent runs as crashed (heartbeat older than `silentMs`, or process gone on this host). Returns their ids. */
  markCrashed(now: number, silentMs: number): Promise<string[]>
  /** Packs tails left by plain clients and finished or crashed runs. */
  compact(): Promise<number>
  createRun(run: NewRun): Promise<DeliveryWriter>
  /** New attempt of an existing run. */
  resumeRun(id: string, options: ResumeOptions): Promise<DeliveryWriter>
  /** Goes on writing an attempt that was written before, also by another process that has ended; throws not_found. */
  continueRun(id: string, attempt: number): Promise<DeliveryWriter>
  /** What a client session has delivered; null: it is not known. */
  delivery(writer: string): Promise<DeliveryState | null>
  checkpoint(): Promise<void>
  close(): Promise<void>
}
