import type { RowSource } from '../../../core/import-source.ts'
import type { ColumnOptions } from '../importer.ts'
import type { Intake } from './intake.ts'

/** One file that a reader reads. */
export interface SourceFile {
  /** Absolute. */
  path: string
  /** As it is told: below the folder that was given. */
  name: string
}

/** Reads one kind of source from its beginning, each time it is imported. What was taken before is passed over by the intake. */
export interface SourceReader {
  readonly kind: RowSource['kind']
  readonly title: string
  /** What a report counts: `row`, `line`, `record`. */
  readonly unit: string
  /** `2 CSV files`. */
  describe(count: number): string
  /** The files of its kind at the path, which may be one of them or a folder. */
  find(path: string): Promise<SourceFile[]>
  /** Reads one file. Every value goes to the intake, and everything that cannot be one is told there. */
  read(file: SourceFile, intake: Intake, options: ColumnOptions): Promise<void>
}
