import type { RecordValue } from '../record-value.ts'

/** The part of a run the adapters use; `init()` of this library returns one. */
export interface LoggingRun {
  log(values: Record<string, number | RecordValue>, step: number): unknown
}
