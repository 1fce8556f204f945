import type { Database, Statement } from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Study, StudyDefinition, StudyRun } from '../../core/ablation/study.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import type { ChartColumns, ChartRequest } from '../../core/chart.ts'
import { LossboardError } from '../../core/errors.ts'
import type { Attempt, MetricRule, Run, SeriesSummary } from '../../core/run.ts'
import type { RunLinks } from '../../core/run-link.ts'
import type { DeliveryState, DeliveryWriter } from '../delivery.ts'
import type * as contract from '../store.ts'
import type { Rows } from './attempt-state.ts'
import { prepareRows } from './attempt-state.ts'
import { BlobFiles } from './blob-files.ts'
import { readChanges } from './changes.ts'
import { ChartReader } from './chart-reader.ts'
import { compactStore } from './compact-store.ts'
import type { Connection, ConnectOptions } from './connect.ts'
import { connect } from './connect.ts'
import { continueRun, createRun, resumeRun } from './create-run.ts'
import { readDelivery } from './delivery-rows.ts'
import { endRun, type RunEnd } from './end-run.ts'
import { exportRange, exportRanges } from './export-points.ts'
import { findRunId } from './find-run.ts'
import { LineReader } from './line-reader.ts'
import { markCrashed } from './mark-crashed.ts'
import { OverviewReader } from './overview-reader.ts'
import type { Stored } from './read-line.ts'
import { readRecordKeys, readRecords } from './record-reader.ts'
import { removeRuns, shrink } from './remove-runs.ts'
import { readLinks } from './run-links.ts'
import { RunList } from './run-list.ts'
import { readAttempts, readChildren, readProjects, readRules, readRun } from './run-queries.ts'
import type { SqliteRunWriter } from './run-writer.ts'
import { blobs } from './schema.ts'
import { readSeries } from './series-list.ts'
import { explaining } from './sqlite-error.ts'
import { SqliteFindings } from './sqlite-findings.ts'
import { readInfo } from './store-info.ts'
import { findStudyId, readStudies, readStudy } from './study-rows.ts'
import { TailCache } from './tail-cache.ts'
import { SqliteTokens } from './token-rows.ts'
import { snapshot } from './transaction.ts'
import { updateRun } from './update-run.ts'
import { addStudyRuns, dropStudyRuns, removeStudy, type StudyTables, saveStudy, updateStudySettings } from './write-study.ts'

const DEFAULT_BUSY_TIMEOUT_MS = 5_000
/** How long one call keeps the thread at a stretch, about. */
const TURN_MS = 20

/** The store in one SQLite file. Everything is synchronous inside; the flush worker uses the `…Sync` methods. */
export class SqliteStore implements contract.Store {
  readonly findings: contract.Store['findings']
  readonly tokens: contract.Store['tokens']
  private readonly db: Database
  private readonly orm: BetterSQLite3Database
  private readonly rows: Rows
  private readonly stored: Stored
  private readonly blobFiles: BlobFiles
  private readonly lines: LineReader
  private readonly charts: ChartReader
  private readonly overviews: OverviewReader
  private readonly dataVersion: Statement
  private seenVersion: number
  private readonly busyTimeoutMs: number
  private closed = false

  constructor(
    private readonly connection: Connection,
    options: { busyTimeoutMs?: number } = {},
  ) {
    this.busyTimeoutMs = options.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS
    this.db = connection.db
    this.orm = drizzle(this.db)
    this.rows = prepareRows(this.db)
    this.blobFiles = new BlobFiles(connection.path)
    this.stored = { spans: this.rows.spans, tails: new TailCache(this.rows.tail) }
    this.lines = new LineReader(this.db, this.rows)
    this.charts = new ChartReader(this.stored, this.lines)
    this.overviews = new OverviewReader(this.db, new RunList(this.db), this.lines, this.charts)
    this.dataVersion = this.db.prepare('PRAGMA data_version').pluck()
    this.seenVersion = this.dataVersion.get() as number
    const access = { read: <T>(work: () => T) => this.read(work), write: <T>(work: () => T) => this.write(work) }
    this.findings = new SqliteFindings(this.db, this.orm, access)
    this.tokens = new SqliteTokens(this.db, access)
  }

  /** One consistent read; SQLite's errors come out as LossboardError. */
  private read<T>(work: () => T): T {
    return explaining(this.connection.path, () => snapshot(this.db, work))
  }

  private write<T>(work: () => T): T {
    if (this.connection.readOnly) throw new LossboardError('store_not_writable', `${this.connection.path} was opened for reading only`)
    return explaining(this.connection.path, work)
  }

  async info(): Promise<contract.StoreInfo> {
    return this.read(() => readInfo(this.orm, this.connection))
  }

  async projects(): Promise<contract.ProjectInfo[]> {
    return this.read(() => readProjects(this.orm))
  }

  async overview(filter: contract.RunFilter, metrics: string[]): Promise<contract.Overview> {
    return this.read(() => this.overviews.read(filter, metrics))
  }

  async run(id: string): Promise<Run | null> {
    return this.read(() => readRun(this.orm, id))
  }

  async findRun(reference: string): Promise<Run> {
    return this.read(() => readRun(this.orm, findRunId(this.db, reference))!)
  }

  async attempts(runId: string): Promise<Attempt[]> {
    return this.read(() => readAttempts(this.orm, runId))
  }

  async children(runId: string): Promise<{ id: string; name: string }[]> {
    return this.read(() => readChildren(this.orm, runId))
  }

  async links(runId: string): Promise<RunLinks> {
    return this.read(() => readLinks(this.db, runId))
  }

  async series(runId: string): Promise<SeriesSummary[]> {
    return this.read(() => readSeries(this.rows, this.lines, this.charts, readRules(this.orm, runId), runId))
  }

  async rules(runId: string): Promise<MetricRule[]> {
    return this.read(() => readRules(this.orm, runId))
  }

  async chart(requests: ChartRequest[]): Promise<ChartColumns[]> {
    const answers: ChartColumns[] = []
    let began = performance.now()
    for (const request of requests) {
      answers.push(this.read(() => this.charts.chart(request)))
      // A page may ask for hundreds: others on this thread get their turn between them.
      if (performance.now() - began < TURN_MS) continue
      await new Promise((resolve) => setImmediate(resolve))
      began = performance.now()
    }
    return answers
  }

  async *points(
    runId: string,
    name: string,
    options: { all?: boolean; from?: number } = {},
  ): AsyncGenerator<contract.SeriesPoints & { superseded?: Uint8Array }, void, undefined> {
    const sourcesNow = () => this.lines.sources(this.lines.lineage(runId), name)
    const ranges = this.read(() => exportRanges(this.stored, sourcesNow(), options.from))
    // A transaction per batch: one open for the whole export would keep the log of changes from being emptied.
    for (const range of ranges) {
      const batch = this.read(() => exportRange(this.stored, sourcesNow(), range, options.all ?? false))
      if (batch.step.length > 0) yield batch
    }
  }

  async recordKeys(runId: string): Promise<{ name: string; kind: string; n: number; firstStep: number; lastStep: number }[]> {
    return this.read(() => readRecordKeys(this.orm, runId))
  }

  async records(query: contract.RecordQuery): Promise<contract.StoredRecord[]> {
    return this.read(() => readRecords(this.orm, query))
  }

  async blob(hash: string): Promise<{ type: string; bytes: Uint8Array } | null> {
    const row = this.read(() => this.orm.select({ type: blobs.type }).from(blobs).where(eq(blobs.hash, hash)).get())
    const bytes = row ? this.blobFiles.read(hash) : null
    return row && bytes ? { type: row.type, bytes } : null
  }

  async changes(sinceRev: number): Promise<contract.Changes> {
    return this.read(() => readChanges(this.db, sinceRev))
  }

  changed(): boolean {
    const version = this.dataVersion.get() as number
    const changed = version !== this.seenVersion
    this.seenVersion = version
    return changed
  }

  async updateRun(id: string, patch: Parameters<contract.Store['updateRun']>[1]): Promise<Run> {
    return this.write(() => updateRun(this.db, this.orm, id, patch))
  }

  async removeRuns(ids: string[]): Promise<{ removed: number; freedBytes: number }> {
    const result = this.write(() => removeRuns(this.db, this.blobFiles, ids))
    await shrink(this.db)
    return result
  }

  async endRun(id: string, end: RunEnd): Promise<Run> {
    this.write(() => endRun(this.db, id, end))
    return this.findRun(id)
  }

  async studies(project?: string): Promise<contract.StudyInfo[]> {
    return this.read(() => readStudies(this.db, project))
  }

  async study(reference: string, project?: string): Promise<Study> {
    return this.read(() => readStudy(this.orm, findStudyId(this.db, reference, project))!)
  }

  private get tables(): StudyTables {
    return { db: this.db, orm: this.orm }
  }

  async saveStudy(definition: StudyDefinition, settings?: TableSettings): Promise<Study> {
    return this.write(() => saveStudy(this.tables, definition, settings))
  }

  async updateStudySettings(id: string, settings: TableSettings): Promise<Study> {
    return this.write(() => updateStudySettings(this.tables, id, settings))
  }

  async removeStudy(id: string): Promise<void> {
    this.write(() => removeStudy(this.tables, id))
  }

  async addStudyRuns(id: string, runs: StudyRun[]): Promise<Study> {
    return this.write(() => addStudyRuns(this.tables, id, runs))
  }

  async dropStudyRuns(id: string, runIds: string[]): Promise<Study> {
    return this.write(() => dropStudyRuns(this.tables, id, runIds))
  }

  async markCrashed(now: number, silentMs: number): Promise<string[]> {
    return this.write(() => markCrashed(this.db, now, silentMs))
  }

  async compact(): Promise<number> {
    return this.write(() => compactStore(this.db, this.rows))
  }

  private writerContext() {
    const { db, orm, rows, blobFiles, busyTimeoutMs } = this
    return { db, orm, rows, blobFiles, busyTimeoutMs, path: this.connection.path }
  }

  createRunSync(run: contract.NewRun): SqliteRunWriter {
    return this.write(() => createRun(this.writerContext(), run))
  }

  resumeRunSync(id: string, options: contract.ResumeOptions): SqliteRunWriter {
    return this.write(() => resumeRun(this.writerContext(), id, options))
  }

  async createRun(run: contract.NewRun): Promise<DeliveryWriter> {
    return this.createRunSync(run)
  }

  async resumeRun(id: string, options: contract.ResumeOptions): Promise<DeliveryWriter> {
    return this.resumeRunSync(id, options)
  }

  async continueRun(id: string, attempt: number): Promise<DeliveryWriter> {
    return this.write(() => continueRun(this.writerContext(), id, attempt))
  }

  async delivery(writer: string): Promise<DeliveryState | null> {
    return this.read(() => readDelivery(this.db, writer))
  }

  async checkpoint(): Promise<void> {
    this.write(() => this.db.pragma('wal_checkpoint(TRUNCATE)'))
  }

  closeSync(): void {
    if (this.closed) return
    this.closed = true
    this.db.close()
    this.connection.release()
  }

  async close(): Promise<void> {
    this.closeSync()
  }
}

/** Opens a store file for synchronous use, as the flush worker does. */
export function openSqlite(path: string, options: ConnectOptions = {}): SqliteStore {
  return new SqliteStore(connect(path, options), options)
}
