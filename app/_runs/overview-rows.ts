import { flattenConfig } from '../../core/config-diff.ts'
import type { DiagnosedOverview, MetricColumn } from '../../core/overview.ts'
import type { Json, Run } from '../../core/run.ts'
import type { Figure } from '../../core/run-fields/field.ts'
import type { RunRow } from '../../core/run-fields/run-row.ts'

/** A row of the runs table. */
export interface TableRow extends RunRow {
  /** All figures of a metric, for titles and warnings; null when the run has none. */
  summary(name: string): MetricSummary | null
}

export interface MetricSummary {
  n: number
  nonFinite: number
  /** Step at which the figure was reached; NaN when there is none. */
  step: Record<Figure, number>
}

/** Flattening is the costly part, and a run's config rarely changes: keep it as long as the object lives. */
const flatConfigs = new WeakMap<Run['config'], Map<string, Json>>()

function flatConfig(run: Run): Map<string, Json> {
  const known = flatConfigs.get(run.config)
  if (known) return known
  const flat = flattenConfig(run.config)
  flatConfigs.set(run.config, flat)
  return flat
}

/** Rows that read their figures from the overview's columns. */
export function overviewRows(overview: DiagnosedOverview): TableRow[] {
  const columns = new Map(overview.metrics.map((column) => [column.name, column]))
  return overview.runs.map((run, index): TableRow => {
    const steps = overview.lastStep[index] ?? Number.NaN
    return {
      run,
      config: flatConfig(run),
      steps: Number.isNaN(steps) ? null : steps,
      findings: overview.findings[index] ?? null,
      metric: (name, figure) => {
        const column = columns.get(name)
        return column?.n[index] ? column[figure][index] : undefined
      },
      summary: (name) => {
        const column = columns.get(name)
        return column?.n[index] ? summaryAt(column, index) : null
      },
    }
  })
}

function summaryAt(column: MetricColumn, index: number): MetricSummary {
  const at = (values: Float64Array) => values[index] ?? Number.NaN
  return { n: at(column.n), nonFinite: at(column.nonFinite), step: { last: at(column.lastStep), min: at(column.minStep), max: at(column.maxStep) } }
}
