import type { ExportFormatId } from '../../core/export-formats.ts'
import type { Run, SeriesSummary } from '../../core/run.ts'
import type { SeriesPoints, StoredRecord } from '../../db/store.ts'

/** Points in step order; `superseded[i]` is 1 for points that a later attempt or a repeated step replaced. */
export type ExportBatch = SeriesPoints & { superseded?: Uint8Array }

/** One series of a run, a batch at a time. */
export interface ExportSeries {
  summary: SeriesSummary
  /** May be gone through again. */
  batches: AsyncIterable<ExportBatch>
}

/** One run, as a format gets it: everything is read as it is written, nothing is held in memory. */
export interface ExportSource {
  run: Run
  /** True when superseded points are in; they are marked. */
  all: boolean
  /** Superseded points that are not in the file. */
  leftOut: number
  /** May be gone through again. */
  series: AsyncIterable<ExportSeries>
  /** Everything that is not a scalar; empty when only some metrics are exported. */
  records: AsyncIterable<StoredRecord>
  /** Write the bytes of records too, where the format leaves the choice. */
  blobs: boolean
  /** Bytes of a record; null when they are gone. */
  blob(hash: string): Promise<Uint8Array | null>
  /** Says what of the run the file does not hold, or not as it is. */
  tell(what: string): void
}

/** A file format: one file in this folder plus a line in `registry.ts` and one in `core/export-formats.ts`. */
export interface ExportFormat {
  readonly id: ExportFormatId
  readonly contentType: string
  /** Whether one file holds several runs; else each has a file of its own, in a folder. */
  readonly joinsRuns: boolean
  /** Name of the file, for runs that are called so together. */
  fileName(name: string, run: Run | null): string
  write(runs: AsyncIterable<ExportSource>): AsyncIterable<string | Uint8Array>
}
