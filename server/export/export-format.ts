import type { Run, SeriesSummary } from '../../core/run.ts'
import type { SeriesPoints, StoredRecord } from '../../db/store.ts'

/** Points in step order; `superseded[i]` is 1 for points that a later attempt or a repeated step replaced. */
export type ExportBatch = SeriesPoints & { superseded?: Uint8Array }

/** One series of a run, a batch at a time. */
export interface ExportSeries {
  summary: SeriesSummary
  batches: AsyncIterable<ExportBatch>
}

/** What a format gets: everything is read as it is written, nothing is held in memory. */
export interface ExportSource {
  run: Run
  /** True when superseded points are in; they are marked. */
  all: boolean
  /** Superseded points that are not in the file. */
  leftOut: number
  series: AsyncIterable<ExportSeries>
  /** Everything that is not a scalar; empty when only some metrics are exported. */
  records: AsyncIterable<StoredRecord>
}

/** A file format: one file in this folder plus a line in `registry.ts`. */
export interface ExportFormat {
  readonly id: string
  readonly extension: string
  readonly contentType: string
  /** One line for help and menus. */
  readonly title: string
  write(source: ExportSource): AsyncIterable<string>
}
