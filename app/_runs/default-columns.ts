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

/** Names and keys that fewer of the runs have would mostly show empty cells. */
const COVERAGE_MIN = 0.25

/** Config keys: those with several values first, then those only some runs have, then the constant ones; natural order within. */
export function configKeys(rows: readonly RunRow[]): { key: string; values: number; runs: number; varies: boolean }[] {
  const seen = new Map<string, { values: Set<string>; runs: number }>()
  for (const row of rows)
    for (const [key, value] of row.config) {
      const entry = seen.get(key) ?? { values: new Set(), runs: 0 }
      entry.values.add(canonicalJson(value))
      entry.runs++
      seen.set(key, entry)
    }
  return [...seen]
    .map(([key, { values, runs }]) => ({ key, values: values.size, runs, varies: values.size > 1 || runs < rows.length }))
    .sort((a, b) => rank(b) - rank(a) || naturalCompare(a.key, b.key))
}

function rank({ values, varies }: { values: number; varies: boolean }): number {
  return values > 1 ? 2 : Number(varies)
}

/** Whether something was found that needs looking at: many healthy runs have a plateau, or could go on. */
export function isWrong({ findings }: RunRow): boolean {
  return findings?.severity === 'warning' || findings?.severity === 'critical'
}

/** Columns of a table nobody has arranged yet. */
export function defaultColumns(rows: readonly RunRow[], metrics: readonly { name: string; runs: number }[], allProjects: boolean): Field[] {
  const any = (test: (row: RunRow) => boolean) => rows.some(test)
  const run = (name: (Field & { kind: 'run' })['name']): Field => ({ kind: 'run', name })
  const covered = (runs: number) => runs >= rows.length * COVERAGE_MIN
  const metricNames = metrics.filter(({ runs }) => covered(runs)).map(({ name }) => name)
  const varying = configKeys(rows).filter(({ varies, values, runs }) => varies && covered(runs) && !(values === rows.length && rows.length > 20))
  return [
    run('status'),
    ...(any(isWrong) ? [run('finding')] : []),
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
