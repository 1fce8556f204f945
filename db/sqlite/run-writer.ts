import type { Database } from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import type { Delivery, DeliveryWriter } from '../delivery.ts'
import type { FlushBatch, NewRecord, RunPatch } from '../store.ts'
import type { AttemptState, Rows } from './attempt-state.ts'
import { loadAttemptState, newAttemptState } from './attempt-state.ts'
import { BlobFiles } from './blob-files.ts'
import { countDelivery, isNewestAttempt } from './delivery-rows.ts'
import { mergeFields } from './merge-fields.ts'
import { packAttempt } from './pack-attempt.ts'
import { pruneRecords, removeUnused } from './prune-records.ts'
import { writeLinks } from './run-links.ts'
import { patchColumns } from './run-rows.ts'
import { blobs, metricRules, records, runs } from './schema.ts'
import { explaining } from './sqlite-error.ts'
import { immediate, nextRev } from './transaction.ts'
import { writePoints } from './write-points.ts'

export interface WriterContext {
  db: Database
  orm: BetterSQLite3Database
  rows: Rows
  blobFiles: BlobFiles
  path: string
  busyTimeoutMs: number
}

/** What a writer that goes on with an attempt knows of it: no number of packings equals this one, so the state is read from the file. */
export const UNREAD = -1

/** Writes one attempt of one run. See `RunWriter` and `DeliveryWriter` for the contract. */
export class SqliteRunWriter implements DeliveryWriter {
  private state: AttemptState = newAttemptState()
  private closed = false
  /** Number of the newest batch delivered through this writer. */
  private delivered = 0
  /** Blobs that a pruning let go of and that are still to be looked at. */
  private loose: string[] = []

  constructor(
    private readonly context: WriterContext,
    private readonly runKey: number,
    readonly runId: string,
    readonly attempt: number,
    packedByOthers = 0,
  ) {
    this.state.packedByOthers = packedByOthers
  }

  get seriesCount(): number {
    return this.state.series.size
  }

  flush(batch: FlushBatch, options: { timeoutMs?: number } = {}): void {
    this.write(options, (rev) => this.store(batch, rev, true))
    this.dropLoose()
  }

  deliver(delivery: Delivery, batch: FlushBatch): boolean {
    const { db } = this.context
    const stored = this.write({ delivery }, (rev) => this.store(batch, rev, isNewestAttempt(db, this.runKey, this.attempt)))
    this.dropLoose()
    return stored
  }

  /** @param leads false when a newer attempt decides how the run stands */
  private store(batch: FlushBatch, rev: number, leads: boolean): () => void {
    const { orm, db } = this.context
    const done = batch.points && batch.points.step.length > 0 ? this.writePoints(batch, rev) : null
    if (batch.records) this.writeRecords(batch.records)
    const loose = batch.prune ? pruneRecords(db, this.runKey, batch.prune) : []
    if (batch.links) writeLinks(db, this.runId, batch.links, rev)
    for (const rule of batch.rules ?? []) {
      const columns = { step: rule.step ?? null, goal: rule.goal ?? null, unit: rule.unit ?? null }
      orm
        .insert(metricRules)
        .values({ runKey: this.runKey, pattern: rule.pattern, ...columns })
        .onConflictDoUpdate({ target: [metricRules.runKey, metricRules.pattern], set: columns })
        .run()
    }
    const patch = batch.patch && mergeFields(orm, this.runKey, leads ? batch.patch : withoutStanding(batch.patch))
    const columns = patch ? patchColumns(patch) : {}
    if (Object.keys(columns).length > 0) orm.update(runs).set(columns).where(eq(runs.key, this.runKey)).run()
    return () => {
      done?.()
      this.loose.push(...loose)
    }
  }

  compact(): void {
    if (this.state.tailRows === 0) return
    // No heartbeat: an ended run does not come back to life because its tail is packed.
    this.write({ heartbeat: false }, () => packAttempt(this.context.rows, this.state, this.runKey, this.attempt))
  }

  close(): void {
    if (this.closed) return
    this.compact()
    this.dropLoose()
    this.closed = true
  }

  /** What cannot be dropped now is tried again at the next flush; after a crash by whoever removes runs. */
  private dropLoose(): void {
    this.loose = removeUnused(this.context.db, this.context.blobFiles, this.loose)
  }

  private writePoints(batch: FlushBatch, rev: number): (() => void) | null {
    return batch.points ? writePoints(this.context.rows, this.state, { runKey: this.runKey, attempt: this.attempt, rev }, batch.points) : null
  }

  /**
   * One transaction. `work` returns what to do to the state in memory, which is done only after the commit.
   * Returns false, having written nothing, when the batch was delivered before.
   */
  private write(options: { timeoutMs?: number; delivery?: Delivery; heartbeat?: boolean }, work: (rev: number) => (() => void) | null): boolean {
    if (this.closed) throw new LossboardError('run_finished', `the writer of run ${this.runId} is closed`)
    const { db, path, busyTimeoutMs } = this.context
    const { timeoutMs, delivery, heartbeat = true } = options
    return explaining(path, () => {
      if (timeoutMs !== undefined) db.pragma(`busy_timeout = ${Math.max(0, Math.floor(timeoutMs))}`)
      try {
        const done = immediate(db, () => {
          if (delivery) {
            const before = countDelivery(db, delivery, this.runKey, this.attempt)
            if (before === null) return 'duplicate'
            // Another server of this file took the batches in between.
            if (before !== this.delivered) this.state.packedByOthers = UNREAD
          }
          const rev = nextRev(db)
          this.touchRun(rev, heartbeat && (!delivery || isNewestAttempt(db, this.runKey, this.attempt)))
          this.catchUp()
          return work(rev)
        })
        if (done === 'duplicate') return false
        done?.()
        if (delivery) this.delivered = delivery.sequence
        return true
      } finally {
        if (timeoutMs !== undefined) db.pragma(`busy_timeout = ${busyTimeoutMs}`)
      }
    })
  }

  /** Heartbeat. A run that someone took for crashed shows here that it lives. */
  private touchRun(rev: number, heartbeat: boolean): void {
    const alive = `heartbeat_at = ?, ended_at = iif(status = 'crashed', NULL, ended_at),
      status_reason = iif(status = 'crashed', NULL, status_reason), status = iif(status = 'crashed', 'running', status)`
    const set = this.context.db.prepare(`UPDATE runs SET rev = ?${heartbeat ? `, ${alive}` : ''} WHERE key = ?`)
    const { changes } = set.run(rev, ...(heartbeat ? [Date.now()] : []), this.runKey)
    if (changes === 0) throw new LossboardError('not_found', `run ${this.runId} was removed from ${this.context.path}: it cannot be logged to`)
  }

  /** When another process packed this attempt's tail, the state in memory no longer matches the file. */
  private catchUp(): void {
    const { db, rows } = this.context
    const packed = db.prepare('SELECT packed_by_others FROM attempts WHERE run_key = ? AND attempt = ?').pluck().get(this.runKey, this.attempt)
    if (packed !== this.state.packedByOthers) this.state = loadAttemptState(db, rows, this.runKey, this.attempt)
  }

  private writeRecords(list: NewRecord[]): void {
    const { orm, blobFiles } = this.context
    for (const record of list) {
      let blobHash: string | null = null
      if (record.blob) {
        blobHash = BlobFiles.hash(record.blob)
        blobFiles.write(blobHash, record.blob)
        orm
          .insert(blobs)
          .values({ hash: blobHash, type: record.blobType ?? 'application/octet-stream', bytes: record.blob.byteLength })
          .onConflictDoNothing()
          .run()
      }
      orm
        .insert(records)
        .values({
          runKey: this.runKey,
          attempt: this.attempt,
          name: record.name,
          kind: record.kind,
          step: record.step,
          wall: record.wall,
          payload: JSON.stringify(record.payload),
          blobHash,
        })
        .run()
    }
  }
}

/** The fields of a patch that do not say how the run stands. */
function withoutStanding({ status: _status, statusReason: _reason, endedAt: _end, heartbeatAt: _beat, ...rest }: RunPatch): RunPatch {
  return rest
}
