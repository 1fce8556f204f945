import type { Json } from '../../core/run.ts'

/** A record as the server gives it: something logged that is not a number. */
export interface RunRecord {
  id: number
  name: string
  kind: string
  step: number
  wall: number
  payload: Json
  blobHash: string | null
}
