/** The runs table in one answer: the runs, and figures of the metrics asked for as columns over them. */
import type { FindingsBrief } from './findings/findings-brief.ts'
import type { Goal, Run } from './run.ts'

/** Figures of the newest line of one metric, a column over the runs asked for; absent series have n = 0 and NaN. */
export interface MetricColumn {
  name: string
  goal: Goal | null
  n: Float64Array
  last: Float64Array
  lastStep: Float64Array
  min: Float64Array
  max: Float64Array
  /** First step at which min and max were reached; NaN when there is no finite value. */
  minStep: Float64Array
  maxStep: Float64Array
  nonFinite: Float64Array
}

export interface Overview {
  rev: number
  runs: Run[]
  /** Highest step over all series of each run, rows as in `runs`; NaN when the run has none. */
  lastStep: Float64Array
  /** Names of all metrics of these runs with the number of runs that have them, most common first. */
  metricNames: { name: string; runs: number }[]
  /** One column per metric asked for, rows as in `runs`. */
  metrics: MetricColumn[]
}

/** As the dashboard gets it. */
export interface DiagnosedOverview extends Overview {
  /** What was found, rows as in `runs`; null for a run not looked at yet. */
  findings: (FindingsBrief | null)[]
}
