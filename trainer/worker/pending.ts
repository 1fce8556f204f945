import type { MetricRule } from '../../core/run.ts'
import type { FlushBatch, NewRecord, RunPatch } from '../../db/store.ts'
import { PendingPoints } from './pending-points.ts'

/** Memory for what the store does not take yet. What comes after is given up, counted and told. */
const PENDING_BYTES_MAX = 512 * 1024 * 1024
/** Records of one transaction. */
const RECORDS_PER_BATCH = 1_000

/** Everything logged and not yet committed. */
export class Pending {
  readonly #points = new PendingPoints()
  readonly #names: string[] = []
  readonly #ids = new Map<string, number>()
  #records: { record: NewRecord; bytes: number }[] = []
  #recordBytes = 0
  #patch: RunPatch | null = null
  #rules: MetricRule[] = []
  /** Points and records given up. */
  dropped = 0

  constructor(readonly bytesMax: number = PENDING_BYTES_MAX) {}

  get points(): number {
    return this.#points.size
  }

  get isEmpty(): boolean {
    return this.#points.size === 0 && this.#records.length === 0 && this.#patch === null && this.#rules.length === 0
  }

  #isFull(): boolean {
    return this.#points.bytes + this.#recordBytes >= this.bytesMax
  }

  /** Number of a series within the batches. */
  idOf(name: string): number {
    let id = this.#ids.get(name)
    if (id === undefined) {
      id = this.#names.length
      this.#names.push(name)
      this.#ids.set(name, id)
    }
    return id
  }

  addPoint(series: number, step: number, wall: number, value: number): void {
    if (this.#isFull()) this.dropped++
    else this.#points.push(series, step, wall, value)
  }

  addRecords(records: NewRecord[]): void {
    for (const record of records) {
      if (this.#isFull()) {
        this.dropped++
        continue
      }
      const bytes = (record.blob?.byteLength ?? 0) + JSON.stringify(record.payload).length * 2 + 200
      this.#records.push({ record, bytes })
      this.#recordBytes += bytes
    }
  }

  addPatch(patch: RunPatch): void {
    this.#patch = { ...this.#patch, ...patch }
  }

  addRules(rules: MetricRule[]): void {
    this.#rules.push(...rules)
  }

  /** The oldest part of what waits, to be flushed as one transaction; null when nothing does. */
  batch(): FlushBatch | null {
    if (this.isEmpty) return null
    const points = this.#points.first(this.#names)
    return {
      ...(points && { points }),
      ...(this.#records.length > 0 && { records: this.#records.slice(0, RECORDS_PER_BATCH).map(({ record }) => record) }),
      ...(this.#patch && { patch: this.#patch }),
      ...(this.#rules.length > 0 && { rules: this.#rules }),
    }
  }

  /** Forgets a batch, once committed (or refused for good). */
  forget(batch: FlushBatch): void {
    if (batch.points) this.#points.shift()
    if (batch.records) {
      for (const { bytes } of this.#records.slice(0, batch.records.length)) this.#recordBytes -= bytes
      this.#records = this.#records.slice(batch.records.length)
    }
    if (batch.patch && batch.patch === this.#patch) this.#patch = null
    if (batch.rules) this.#rules = this.#rules.slice(batch.rules.length)
  }

  /** Of a batch that was partly committed, only `parts` still wait. */
  keepOnly(batch: FlushBatch, parts: FlushBatch[]): void {
    const waiting = parts.flatMap(({ records = [] }) => records)
    const done = (batch.records?.length ?? 0) - waiting.length
    this.forget({
      ...(batch.points && !parts.some((part) => part.points) && { points: batch.points }),
      ...(batch.patch && !parts.some((part) => part.patch) && { patch: batch.patch }),
      ...(batch.rules && !parts.some((part) => part.rules) && { rules: batch.rules }),
      ...(done > 0 && { records: (batch.records ?? []).slice(0, done) }),
    })
  }

  /** Gives everything up; returns how many points and records that were. */
  clear(): number {
    const lost = this.#points.size + this.#records.length
    this.#points.clear()
    this.#records = []
    this.#recordBytes = 0
    this.#patch = null
    this.#rules = []
    return lost
  }
}
