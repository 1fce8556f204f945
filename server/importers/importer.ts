import type { ImportKind } from '../../core/import-source.ts'
import type { ImportListeners, RunningImport } from './tfevents/start-import.ts'

/** What is imported, into what, and how. */
export interface ImportRequest {
  /** Absolute path of the file or folder. */
  root: string
  /** Project of all runs; null: what the source says, else the name of the file or folder. */
  project: string | null
  storeFile: string
  /** Write nothing, say what would be. */
  dryRun: boolean
  /** Go on as the files grow. */
  follow: boolean
  columns: ColumnOptions
}

/** How columns are to be taken where they are not what they seem. */
export interface ColumnOptions {
  step: string | null
  time: string | null
  run: string | null
  /** `COLUMN=ROLE`, see `core/import/column-roles.ts`. */
  map: string[]
}

export const NO_COLUMNS: ColumnOptions = { step: null, time: null, run: null, map: [] }

/** Something this importer can read. */
export interface FoundSource {
  /** How many of what, as in `2 CSV files`. */
  what: string
}

/** A format that runs are imported from: one file, or folder, and one line in `registry.ts`. */
export interface Importer {
  readonly kind: ImportKind
  /** What it reads, for help and errors: `CSV files`. */
  readonly title: string
  /** What of its kind is at the path; null when there is nothing. Cheap: names and the beginnings of files. */
  detect(path: string): Promise<FoundSource | null>
  start(request: ImportRequest, listeners?: ImportListeners): RunningImport
}
