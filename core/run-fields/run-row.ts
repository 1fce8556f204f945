import type { FindingsBrief } from '../findings/findings-brief.ts'
import type { Json, Run } from '../run.ts'
import type { Figure } from './field.ts'

/** A run as the table handles it: config on one level, and its metrics by name and figure. */
export interface RunRow {
  run: Run
  config: ReadonlyMap<string, Json>
  /** `undefined`: the run has no such metric (or it was not read). NaN and ±Infinity are values. */
  metric(name: string, figure: Figure): number | undefined
  /** Highest step over the metrics read; null when there is none. */
  steps: number | null
  /** What was found wrong; null or absent: nobody looked yet. */
  findings?: FindingsBrief | null
}
