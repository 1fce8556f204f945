import { goalFor } from '../../core/metric-rule.ts'
import type { MetricRule, SeriesSummary } from '../../core/run.ts'
import type { Rows } from './attempt-state.ts'
import type { ChartReader } from './chart-reader.ts'
import type { LineReader } from './line-reader.ts'

/** Every series of a run's newest line, by name, with its figures; those it has from the run it was forked from too. */
export function readSeries(rows: Rows, lines: LineReader, charts: ChartReader, rules: MetricRule[], runId: string): SeriesSummary[] {
  const lineage = lines.lineage(runId)
  const names = new Set(lineage.runs.flatMap(({ key }) => rows.series.ofRun(key).map((row) => row.name)))
  return [...names].sort().flatMap((name) => {
    const summary = charts.summary(lines.sources(lineage, name))
    if (summary.n === 0) return []
    const { firstWall: _, wallOrdered: __, ...figures } = summary
    return [{ name, ...figures, goal: goalFor(rules, name) }]
  })
}
