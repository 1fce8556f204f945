import { configText } from '../../core/config-diff.ts'
import type { CompletionSource } from '../../core/filter/complete-filter.ts'
import type { Vocabulary } from '../../core/filter/vocabulary.ts'
import { inferGoal } from '../../core/metric-name.ts'
import type { Overview } from '../../core/overview.ts'
import { RUN_STATUSES } from '../../core/run.ts'
import { type RunField, runFieldNamed, SEVERITY_RANKS } from '../../core/run-fields/field.ts'
import { fieldValue } from '../../core/run-fields/field-value.ts'
import type { RunRow } from '../../core/run-fields/run-row.ts'

/** The names a filter on these runs may use. Goals come from the loaded columns, else from the metric's name. */
export function vocabularyOf(rows: readonly RunRow[], overview: Overview): Vocabulary {
  const configKeys = new Set<string>()
  for (const row of rows) for (const key of row.config.keys()) configKeys.add(key)
  const goals = new Map(overview.metrics.map((column) => [column.name, column.goal]))
  const metrics = new Map(overview.metricNames.map(({ name }) => [name, goals.get(name) ?? inferGoal(name)]))
  return { configKeys, metrics }
}

/** What the filter box suggests: names from the vocabulary, values from the runs, most common first. */
export function completionSource(rows: readonly RunRow[], vocabulary: Vocabulary): CompletionSource {
  return {
    configKeys: [...vocabulary.configKeys],
    metrics: [...vocabulary.metrics.keys()],
    values: (field) => {
      const run = runFieldNamed(field)
      if (run === 'status') return RUN_STATUSES
      if (run === 'severity') return SEVERITY_RANKS
      return run === null ? configValues(rows, field.replace(/^config\./, '')) : runValues(rows, run)
    },
  }
}

function runValues(rows: readonly RunRow[], name: RunField): string[] {
  return byCount(rows.flatMap((row) => fieldValue(row, { kind: 'run', name }, 0) ?? []).map(String))
}

function configValues(rows: readonly RunRow[], key: string): string[] {
  return byCount(rows.flatMap((row) => (row.config.has(key) ? [configText(row.config.get(key))] : [])))
}

function byCount(values: string[]): string[] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value)
}
