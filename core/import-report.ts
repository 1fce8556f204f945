import type { ImportKind, ImportNote, ImportRestart } from './import-source.ts'

/** What an import found and did, over all runs of a folder. */
export interface ImportReport {
  /** What it was taken for; TensorBoard event files when missing. */
  kind?: ImportKind
  /** What `events` counts: `row`, `line`; `event` when missing. */
  unit?: string
  /** Nothing was written. */
  dryRun?: boolean
  /** How columns and names were understood, a line each. */
  reading?: string[]
  root: string
  project: string
  /** Runs made now; and those that were there and got more. */
  newRuns: number
  grownRuns: number
  /** Everything below is about all runs of the folder, whenever they were read. */
  runs: number
  files: number
  emptyFiles: number
  events: number
  points: number
  records: number
  bytes: number
  /** Of these, what was added now. */
  added: { events: number; points: number; records: number; bytes: number }
  /** Numbers that a later one at the same step, or a restart, replaced. They are kept. */
  superseded: number
  restarts: (ImportRestart & { run: string })[]
  /** The first notes of each run, and how many there are altogether. */
  notes: (ImportNote & { run: string })[]
  noteCount: number
  /** Files whose last bytes make no whole record yet. */
  incomplete: { run: string; file: string; offset: number; bytes: number }[]
  /** Folders that could not be read. */
  unreadable: string[]
}

/** How far an import is. */
export interface ImportProgress {
  /** Bytes of all files, and those read so far. */
  total: number
  read: number
}
