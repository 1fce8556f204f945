import type { StudyMetric } from '../../core/ablation/study.ts'
import { metricHeading } from '../../core/table/metric-column.ts'
import { Select } from '../_charts/select.tsx'

/** The metric of a view; nothing where there is one. */
export function MetricPicker({
  metrics,
  metric,
  onMetric,
}: {
  metrics: readonly StudyMetric[]
  metric: StudyMetric
  onMetric: (name: string) => void
}) {
  if (metrics.length < 2) return null
  return (
    <Select
      label="Metric"
      value={metric.name}
      onChange={onMetric}
      groups={[{ options: metrics.map((one) => ({ value: one.name, label: metricHeading(one) })) }]}
      testId="metric-select"
    />
  )
}
