import type { Goal, JsonObject, RunStatus } from '../run.ts'

/** The one number of a run that stands for a metric, or why there is none. */
export type RunValue =
  | { value: number; step: number | null /** How it was taken where that is not plain. */; note: string | null }
  | { value: null; reason: 'no-series' | 'not-finite' | 'no-matching-step'; note: string }

/** What a study needs to know of one run. `studyRunFacts` makes it from the store's types. */
export interface StudyRunFacts {
  id: string
  name: string
  /** As shown: `crashed` included (core/as-shown.ts). */
  status: RunStatus
  tags: string[]
  startedAt: number
  config: JsonObject
  seed: number | null
  /** Last value of the series `epoch`, or null. */
  epochs: number | null
  /** Highest step of any series; null: nothing logged. */
  steps: number | null
  /** One text for the data sets it used, equal when they are; null: not logged. */
  dataHash: string | null
  commit: string | null
  dirty: boolean | null
  parameters: number | null
  flops: number | null
  seconds: number | null
  /** By metric name. */
  values: Record<string, RunValue>
  /** Goal the run itself gives a metric, by name; null: none. */
  goals: Record<string, Goal | null>
}
