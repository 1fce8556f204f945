import type { RecordValue } from '../record-value.ts'

/** The part of a run the adapters use; `init()` of this library returns one. */
export interface LoggingRun {
  /** Where this attempt begins: not 0 for a run that was resumed or forked. */
  readonly firstStep?: number
  log(values: Record<string, number | RecordValue>, step: number): unknown
}
