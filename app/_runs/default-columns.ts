import { canonicalJson } from '../../core/config-diff.ts'
import { leadMetrics } from '../../core/lead-metrics.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import { inferGoal } from '../../core/metric-name.ts'
import type { Field } from '../../core/run-fields/field.ts'
import type { RunRow } from '../../core/run-fields/run-row.ts'

const METRICS_MAX = 6
const CONFIG_MAX = 6

/** Names of the metrics worth a column: losses and accuracies by any common name, else those with a known goal, else the first. */
export function defaultMetrics(names: readonly string[]): string[] {
  const lead = leadMetrics(names)
  const own = names.filter((name) => !/^(system|update-ratio|gradient-norm)\//.test(name))
  const ordered = [
    ...lead.accuracy.toReversed(),
    ...lead.loss.toReversed(),
    ...own.filter((name) => inferGoal(name) !== null).sort(naturalCompare),
    ...own,
  ]
  const withGoal = ordered.filter((name, index) => index < lead.accuracy.length + lead.loss.length || inferGoal(name) !== null)
  return [...new Set(withGoal.length > 0 ? withGoal : ordered)].slice(0, METRICS_MAX)
}

/** Config keys, those that differ between the runs first (few values before many), then the others, in natural order. */
export function configKeys(rows: readonly RunRow[]): { key: string; values: number; varies: boolean }[] {
  const seen = new Map<string, { values: Set<string>; runs: number }>()
  for (const row of rows)
    for (const [key, value] of row.config) {
      const entry = seen.get(key) ?? { values: new Set(), runs: 0 }
      entry.values.add(canonicalJson(value))
      entry.runs++
      seen.set(key, entry)
    }
  return [...seen]
    .map(([key, { values, runs }]) => ({ key, values: values.size, varies: values.size > 1 || runs < rows.length }))
    .sort((a, b) => Number(b.varies) - Number(a.varies) || naturalCompare(a.key, b.key))
}

/** Columns of a table nobody has arranged yet. */
export function defaultColumns(rows: readonly RunRow[], metricNames: readonly string[], allProjects: boolean): Field[] {
  const any = (test: (row: RunRow) => boolean) => rows.some(test)
  const run = (name: (Field & { kind: 'run' })['name']): Field => ({ kind: 'run', name })
  const varying = configKeys(rows).filter(({ varies, values }) => varies && !(values === rows.length && rows.length > 20))
  return [
    run('status'),
    ...(allProjects && new Set(rows.map((row) => row.run.project)).size > 1 ? [run('project')] : []),
    ...defaultMetrics(metricNames).map((name): Field => ({ kind: 'metric', name, figure: 'last' })),
    ...varying
      .filter(({ key }) => key !== 'seed')
      .slice(0, CONFIG_MAX)
      .map(({ key }): Field => ({ kind: 'config', key })),
    ...(any((row) => row.run.seed !== null) ? [run('seed')] : []),
    ...(any((row) => row.run.group !== null) ? [run('group')] : []),
    ...(any((row) => row.run.tags.length > 0) ? [run('tag')] : []),
    run('steps'),
    run('duration'),
    run('created'),
    ...(any((row) => row.run.notes !== '') ? [run('notes')] : []),
  ]
}
