import type { Json } from './run.ts'

/** Something logged that is not a number, as it is stored. */
export interface StoredRecord {
  id: number
  runId: string
  attempt: number
  name: string
  kind: string
  step: number
  wall: number
  payload: Json
  blobHash: string | null
}

/** All records of one name and kind of a run. */
export interface RecordKey {
  name: string
  kind: string
  n: number
  firstStep: number
  lastStep: number
}
