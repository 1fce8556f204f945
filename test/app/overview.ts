import type { FindingsBrief } from '../../core/findings/findings-brief.ts'
import type { DiagnosedOverview, MetricColumn } from '../../core/overview.ts'
import { makeRow } from '../core/run-rows.ts'

interface RunParts {
  id: string
  name?: string
  project?: string
  tags?: string[]
  config?: Record<string, number | string>
  lastStep?: number
  findings?: FindingsBrief | null
  /** Last values by metric. */
  metrics?: Record<string, number>
}

/** An overview as the server sends it; min is one below and max one above the last value. */
export function makeOverview(runs: RunParts[], metrics: string[], rev = 1): DiagnosedOverview {
  const column = (pick: (run: RunParts) => number) => Float64Array.from(runs, pick)
  return {
    rev,
    runs: runs.map(
      ({ id, name = id, project = 'p', tags = [], config = {} }, index) => makeRow({ id, name, project, tags, config, number: index + 1, rev }).run,
    ),
    findings: runs.map((run) => run.findings ?? null),
    lastStep: column((run) => run.lastStep ?? Number.NaN),
    metricNames: metrics.map((name) => ({ name, runs: runs.filter((run) => run.metrics?.[name] !== undefined).length })),
    metrics: metrics.map((name): MetricColumn => {
      const last = (run: RunParts) => run.metrics?.[name] ?? Number.NaN
      return {
        name,
        goal: null,
        n: column((run) => (run.metrics?.[name] === undefined ? 0 : 10)),
        last: column(last),
        lastStep: column((run) => run.lastStep ?? Number.NaN),
        min: column((run) => last(run) - 1),
        max: column((run) => last(run) + 1),
        minStep: column(() => 1),
        maxStep: column(() => 2),
        nonFinite: column((run) => (Number.isNaN(last(run)) ? 1 : 0)),
      }
    }),
  }
}
