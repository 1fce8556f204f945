import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isLossboardError } from '../../../core/errors.ts'
import type { ImportSource } from '../../../core/import-source.ts'
import type { JsonObject } from '../../../core/run.ts'
import type { Draft } from '../../../core/tfevents/values/draft.ts'
import type { NewRecord, RunPatch, RunWriter, Store } from '../../../db/store.ts'
import type { PointColumns } from './point-columns.ts'

const RECORDS_MAX = 1_000
const RECORD_BYTES_MAX = 16 * 2 ** 20
const BUSY_TRIES = 12
const BUSY_PAUSE_MS = 500

/** The run that is written: collects what belongs together and stores it in one transaction with how far the files were read. */
export class RunTarget {
  /** Name of each series, by the number of its tag. */
  readonly names: string[] = []
  config: JsonObject
  private readonly records: NewRecord[] = []
  private recordBytes = 0
  private patch: RunPatch = {}
  private readonly writers = new Map<number, RunWriter>()

  constructor(
    private readonly store: Store,
    readonly runId: string,
    /** Newest attempt. */
    public attempt: number,
    config: JsonObject,
    private readonly columns: PointColumns,
  ) {
    this.config = config
  }

  addRecord({ kind, payload, blob, blobType }: Draft, name: string, step: number, wall: number): void {
    // A copy: the bytes are those of a buffer that is used again.
    const bytes = blob?.slice()
    this.recordBytes += bytes?.length ?? 0
    this.records.push({
      name,
      kind,
      step,
      wall,
      payload: bytes ? { ...payload, hash: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length } : payload,
      ...(bytes && { blob: bytes, blobType: blobType ?? 'application/octet-stream' }),
    })
  }

  change(patch: RunPatch): void {
    this.patch = { ...this.patch, ...patch }
  }

  get isFull(): boolean {
    return this.columns.isFull(1) || this.records.length >= RECORDS_MAX || this.recordBytes >= RECORD_BYTES_MAX
  }

  /** Stores everything collected, in the given attempt, and where the files stand. Waits for a store that another process holds. */
  async flush(attempt: number, source: ImportSource): Promise<void> {
    const writer = await this.writer(attempt)
    const points = this.columns.count > 0 ? { points: this.columns.batch(this.names) } : {}
    const patch = { ...this.patch, environment: { writer: 'TensorBoard event files', source } }
    for (let left = BUSY_TRIES; ; left--) {
      try {
        writer.flush({ ...points, records: this.records, patch })
        break
      } catch (error) {
        if (left === 0 || !isLossboardError(error) || error.code !== 'store_busy') throw error
        await sleep(BUSY_PAUSE_MS)
      }
    }
    this.columns.clear()
    this.records.length = 0
    this.recordBytes = 0
    this.patch = {}
  }

  /** Begins an attempt; returns its number. `forkStep` null: it replaces each series from the step at which it begins there. */
  async newAttempt(forkStep: number | null, startedAt: number, source: ImportSource): Promise<number> {
    const environment = { writer: 'TensorBoard event files', source }
    const writer = await this.store.resumeRun(this.runId, { forkStep, startedAt, environment })
    this.writers.set(writer.attempt, writer)
    this.attempt = writer.attempt
    return writer.attempt
  }

  private async writer(attempt: number): Promise<RunWriter> {
    const known = this.writers.get(attempt)
    if (known) return known
    const writer = await this.store.continueRun(this.runId, attempt)
    this.writers.set(attempt, writer)
    return writer
  }

  /** Lets go of what writing needs in memory; the next flush takes it up again. */
  release(): void {
    for (const writer of this.writers.values()) writer.close()
    this.writers.clear()
  }
}
