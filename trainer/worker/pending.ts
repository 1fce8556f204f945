import type { MetricRule } from '../../core/run.ts'
import type { FlushBatch, NewLink, NewRecord, RecordPruning, RunPatch } from '../../db/store.ts'
import { PendingPoints } from './pending-points.ts'
import { PendingRecords } from './pending-records.ts'

/** Memory for what the store does not take yet. What comes after is given up, counted and told. */
const PENDING_BYTES_MAX = 512 * 1024 * 1024
/** Records of one transaction. */
const RECORDS_PER_BATCH = 1_000

/** What one batch holds at most; a store in a file has its own bounds. */
export interface BatchLimits {
  points?: number
  recordBytes?: number
}

/** Everything logged and not yet committed. */
export class Pending {
  readonly #points: PendingPoints
  readonly #names: string[] = []
  readonly #ids = new Map<string, number>()
  readonly #records = new PendingRecords()
  #links: NewLink[] = []
  #patch: RunPatch | null = null
  #rules: MetricRule[] = []
  /** Points and records given up. */
  dropped = 0

  constructor(
    readonly bytesMax: number = PENDING_BYTES_MAX,
    readonly limits: BatchLimits = {},
  ) {
    this.#points = new PendingPoints(limits.points)
  }

  get points(): number {
    return this.#points.size
  }

  get isEmpty(): boolean {
    return this.#points.size === 0 && this.#records.isEmpty && this.#links.length === 0 && this.#patch === null && this.#rules.length === 0
  }

  #isFull(): boolean {
    return this.#points.bytes + this.#records.bytes >= this.bytesMax
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
      if (this.#isFull()) this.dropped++
      else this.#records.push(record)
    }
  }

  addPruning(prunings: RecordPruning[]): void {
    for (const pruning of prunings) this.#records.pushPruning(pruning)
  }

  addLinks(links: NewLink[]): void {
    this.#links.push(...links)
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
    const { records, prune } = this.#records.first(RECORDS_PER_BATCH, this.limits.recordBytes)
    return {
      ...(points && { points }),
      ...(records.length > 0 && { records }),
      ...(prune.length > 0 && { prune }),
      ...(this.#links.length > 0 && { links: [...this.#links] }),
      ...(this.#patch && { patch: this.#patch }),
      ...(this.#rules.length > 0 && { rules: this.#rules }),
    }
  }

  /** Forgets a batch, once committed (or refused for good). */
  forget(batch: FlushBatch): void {
    if (batch.points) this.#points.shift()
    this.#records.shift(batch.records?.length ?? 0, batch.prune?.length ?? 0)
    if (batch.links) this.#links = this.#links.slice(batch.links.length)
    if (batch.patch && batch.patch === this.#patch) this.#patch = null
    if (batch.rules) this.#rules = this.#rules.slice(batch.rules.length)
  }

  /** Of a batch that was partly committed, only `parts` still wait. */
  keepOnly(batch: FlushBatch, parts: FlushBatch[]): void {
    const done = <Item>(all: Item[] = [], waiting: Item[]) => all.slice(0, all.length - waiting.length)
    this.forget({
      ...(batch.points && !parts.some((part) => part.points) && { points: batch.points }),
      ...(batch.patch && !parts.some((part) => part.patch) && { patch: batch.patch }),
      ...(batch.rules && !parts.some((part) => part.rules) && { rules: batch.rules }),
      records: done(
        batch.records,
        parts.flatMap(({ records = [] }) => records),
      ),
      prune: done(
        batch.prune,
        parts.flatMap(({ prune = [] }) => prune),
      ),
      links: done(
        batch.links,
        parts.flatMap(({ links = [] }) => links),
      ),
    })
  }

  /** Gives everything up; returns how many points and records that were. */
  clear(): number {
    const lost = this.#points.size + this.#records.size
    this.#points.clear()
    this.#records.clear()
    this.#links = []
    this.#patch = null
    this.#rules = []
    return lost
  }
}
