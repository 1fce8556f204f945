'use client'

import { useMemo } from 'react'
import type { StudyMetric } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { ForestCard } from '../_charts/forest/forest-chart.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { ComparisonsTable } from './comparisons-table.tsx'
import { forestOf } from './forest-of.ts'
import { MetricPicker } from './metric-picker.tsx'
import type { CellChoice } from './study-workspace.tsx'

interface DifferencesTabProps {
  result: StudyResult
  settings: TableSettings
  metric: StudyMetric | undefined
  onMetric: (name: string) => void
  onCell: (cell: CellChoice) => void
}

/** Each variant against its reference: the picture, and all that was computed. */
export function DifferencesTab({ result, settings, metric, onMetric, onCell }: DifferencesTabProps) {
  const data = useMemo(() => (metric ? forestOf(result, settings, metric) : null), [result, settings, metric])
  if (!metric || !data) return <EmptyState title="The study has no metric" />
  return (
    <div className="flex flex-col gap-3 pb-6">
      <MetricPicker metrics={result.metrics} metric={metric} onMetric={onMetric} />
      <ForestCard
        id={`forest-${metric.name.replace(/[^A-Za-z0-9_-]+/g, '-')}`}
        data={data}
        onChoose={(variant) => onCell({ variant, metric: metric.name })}
      />
      <ComparisonsTable result={result} settings={settings} metric={metric} places={data.places} />
    </div>
  )
}
