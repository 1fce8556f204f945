/** What a run can be imported from. */
export const IMPORT_KINDS = ['tfevents', 'wandb', 'mlflow', 'trackio', 'jsonl', 'keras-history', 'csv'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Where a run of TensorBoard event files comes from and how far it was read: kept with the run, so that importing again adds only what is new. */
export interface ImportSource {
  kind: 'tfevents'
  /** Absolute path of the folder the files are in. */
  folder: string
  /** In the order in which they were read. */
  files: ImportedFile[]
  /** Numbers, and other records, that were stored. */
  points: number
  records: number
  /** Numbers that came at a step their tag had reached before. */
  repeatedSteps: number
  /** `SessionLog` starts seen; from the second on they take back what lies after their step. */
  starts: number
  /** Restarts that made a new attempt. */
  restarts: ImportRestart[]
  /** What was left out or is not exactly as it was: the first ones, and how many there are. */
  notes: ImportNote[]
  noteCount: number
  /** Plugin of each tag that does not name it with every value. */
  plugins: Record<string, string>
  /** Tags that an experiment names as its metrics: their last values are the summary of the run. */
  metrics: string[]
}

export interface ImportedFile {
  name: string
  /** SHA-256 of its first record, hexadecimal; null while it has none. Tells a file from another one of the same name. */
  id: string | null
  /** Bytes it had when it was last read, and how many of them are read. More bytes than read: its end is incomplete, or it is damaged. */
  bytes: number
  read: number
  /** Whole records read. */
  events: number
  /** Version its first record names; null for none. */
  version: number | null
  /** Attempt of the run that its values go to. */
  attempt: number
  /** Its length field is damaged at `read`: nobody knows where the next record begins. */
  stopped: boolean
}

export interface ImportRestart {
  file: string
  offset: number
  step: number
  /** `start`: the program said so; `file`: a later file went back to an earlier step; `rewritten`: the file was replaced. */
  by: 'start' | 'file' | 'order' | 'rewritten'
}

export interface ImportNote {
  file: string
  /** Byte of the file; 0 where `place` says it better. */
  offset: number
  /** Where in the file, when that is no byte: `line 12`, say. */
  place?: string
  /** `skipped`: not stored. `changed`: stored, not exactly as it was. `kept`: stored as bytes. */
  what: 'skipped' | 'changed' | 'kept'
  reason: string
}

/** How much of something was taken, and the first half of the SHA-256 over it, hexadecimal: tells a source that grew from one that was changed. */
export interface Watermark {
  n: number
  digest: string
}

/** Where a run of any other kind comes from. Such a source is read from its beginning each time; what the marks cover is passed over. */
export interface RowSource {
  kind: Exclude<ImportKind, 'tfevents'>
  /** Absolute path of the file or folder that was imported. */
  path: string
  /** Tells the run from others of its kind, also when the path changed, where the tool gives its runs ids. */
  identity: string
  files: { name: string; bytes: number }[]
  /** How columns and names were understood, a line each. */
  reading: string[]
  /** By name of the metric. */
  marks: Record<string, Watermark>
  /** The same of numbers that were superseded where they come from. */
  supersededMarks: Record<string, Watermark>
  recordMark: Watermark
  points: number
  records: number
  /** Numbers that came at a step their metric had reached before. */
  repeatedSteps: number
  notes: ImportNote[]
  noteCount: number
}

/** Notes kept with a run; more are counted. */
export const NOTES_MAX = 100

export function newImportSource(folder: string): ImportSource {
  return {
    kind: 'tfevents',
    folder,
    files: [],
    points: 0,
    records: 0,
    repeatedSteps: 0,
    starts: 0,
    restarts: [],
    notes: [],
    noteCount: 0,
    plugins: {},
    metrics: [],
  }
}

/** Bytes at the end of a file that make no whole record (yet); 0 for one that is damaged. */
export function incompleteBytes(file: ImportedFile): number {
  return file.stopped ? 0 : Math.max(0, file.bytes - file.read)
}
