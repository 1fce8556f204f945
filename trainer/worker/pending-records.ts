import type { NewRecord, RecordPruning } from '../../db/store.ts'

type Entry = { record: NewRecord; bytes: number } | { prune: RecordPruning }

/** Records that wait, and between them the prunings: each is about the records logged before it, not about those after. */
export class PendingRecords {
  #entries: Entry[] = []
  #bytes = 0
  #records = 0

  /** Memory the records take, about. */
  get bytes(): number {
    return this.#bytes
  }

  /** Number of records. */
  get size(): number {
    return this.#records
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0
  }

  push(record: NewRecord): void {
    const bytes = (record.blob?.byteLength ?? 0) + JSON.stringify(record.payload).length * 2 + 200
    this.#entries.push({ record, bytes })
    this.#bytes += bytes
    this.#records++
  }

  pushPruning(prune: RecordPruning): void {
    this.#entries.push({ prune })
  }

  /** The oldest of them, at most `max` records of `bytesMax` bytes together (or one that is longer), then the prunings that follow at once: what one flush may hold. */
  first(max: number, bytesMax = Number.POSITIVE_INFINITY): { records: NewRecord[]; prune: RecordPruning[] } {
    const records: NewRecord[] = []
    const prune: RecordPruning[] = []
    let bytes = 0
    for (const entry of this.#entries) {
      if ('prune' in entry) prune.push(entry.prune)
      else if (prune.length > 0 || records.length >= max || (records.length > 0 && bytes + entry.bytes > bytesMax)) break
      else {
        records.push(entry.record)
        bytes += entry.bytes
      }
    }
    return { records, prune }
  }

  /** Forgets so many of each from the front. */
  shift(records: number, prunings: number): void {
    const counts = { records, prunings }
    this.#entries = this.#entries.filter((entry) => {
      if ('prune' in entry) return counts.prunings-- <= 0
      if (counts.records-- <= 0) return true
      this.#bytes -= entry.bytes
      this.#records--
      return false
    })
  }

  clear(): void {
    this.#entries = []
    this.#bytes = 0
    this.#records = 0
  }
}
