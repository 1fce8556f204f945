import type { ErrorCode } from '../../../core/errors.ts'
import type { ImportProgress, ImportReport } from '../../../core/import-report.ts'

/** What the importing thread is given. */
export interface ImportTask {
  root: string
  project: string
  /** File of the store; made when there is none. */
  storeFile: string
  mirror: boolean
  /** Go on as the files grow. */
  follow: boolean
}

/** What it tells. `report`: after the first pass, and after each later one that found something. */
export type FromImport =
  | { type: 'progress'; progress: ImportProgress }
  | { type: 'report'; report: ImportReport }
  | { type: 'failed'; message: string; code: ErrorCode | null }

export type ToImport = 'stop'
