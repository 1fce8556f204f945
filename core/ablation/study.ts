import type { Goal, JsonObject } from '../run.ts'
import type { TableSettings } from './table-settings.ts'

/** Which single number of a run stands for a metric. Always stated in tables and exports. */
export type Aggregate =
  | { kind: 'last' }
  /** Best by the metric's own goal: optimistic, so captions say it. */
  | { kind: 'best' }
  /** The value at the step where another metric was best, e.g. test accuracy at the best validation accuracy. */
  | { kind: 'at-best'; metric: string; goal: Goal }
  /** Mean over the last `count` points. */
  | { kind: 'mean-last'; count: number }

export interface StudyMetric {
  /** Name of the series, e.g. `test/accuracy`. */
  name: string
  /** Column heading; null: made from the name. */
  label: string | null
  goal: Goal
  /** `%`: logged as a fraction, shown times 100, differences in percentage points. Any other text is only a heading. */
  unit: string | null
  /** Fixed number of decimals, or `uncertainty`: as many as the spread supports, the same for a whole column. */
  digits: number | 'uncertainty'
  aggregate: Aggregate
}

/** One setting in which a variant differs from the baseline. `path` is dotted, as `flattenConfig` writes it. Undefined: not there. */
export interface StudyChange {
  path: string
  from: JsonObject[string] | undefined
  to: JsonObject[string] | undefined
  /** Paths that only follow from this one, such as the sizes of a part that was switched off. */
  folded: string[]
}

/** All runs that share one config once seed and bookkeeping keys are left out: one row of the table. */
export interface StudyVariant {
  /** Stable within the study; never shown. */
  key: string
  /** Shown, editable: `w/o attention`. */
  label: string
  changes: StudyChange[]
  /** What it is trained with (declared studies); null for found ones. */
  config: JsonObject | null
}

export const STUDY_SHAPES = ['star', 'add-one-in', 'chain', 'sweep', 'factorial', 'fractional', 'free'] as const
/** star: each variant changes one thing of the baseline; chain: each adds to the one before. */
export type StudyShape = (typeof STUDY_SHAPES)[number]

export interface StudyDefinition {
  name: string
  project: string
  origin: 'declared' | 'found'
  shape: StudyShape
  metrics: StudyMetric[]
  /** Key of the variant that differences are taken to. */
  baseline: string
  /** Why this one, in one sentence; shown. */
  baselineReason: string
  /** In row order, the baseline among them. */
  variants: StudyVariant[]
  /** Seeds that were asked for; null: whatever the runs have. */
  seeds: number[] | null
  /** Config keys that were not compared (seed, paths, host …); shown. */
  ignored: string[]
  /** Patterns of keys that were left out, where they are not the usual ones; found studies only. */
  ignorePatterns?: string[]
}

/** A run in its place: several in one cell are attempts (the newest finished one counts) or, in found studies, duplicates. */
export interface StudyRun {
  runId: string
  variant: string
  seed: number | null
}

export interface Study extends StudyDefinition {
  id: string
  createdAt: number
  updatedAt: number
  runs: StudyRun[]
  settings: TableSettings
}
