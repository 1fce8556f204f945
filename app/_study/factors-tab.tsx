'use client'

import { useState } from 'react'
import type { StudyMetric } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { metricScale } from '../../core/table/metric-column.ts'
import { InteractionChart } from '../_charts/interaction/interaction-chart.tsx'
import { Select } from '../_charts/select.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { EffectsTable } from './effects-table.tsx'
import { factorName, factorPairs, interactionOf } from './interaction-of.ts'
import { MetricPicker } from './metric-picker.tsx'
import { ShapleyTable } from './shapley-table.tsx'

interface FactorsTabProps {
  result: StudyResult
  settings: TableSettings
  metric: StudyMetric | undefined
  onMetric: (name: string) => void
}

/** A two-level design taken apart: interactions, main effects, shares. */
export function FactorsTab({ result, settings, metric, onMetric }: FactorsTabProps) {
  const [pair, setPair] = useState('0')
  const factorial = result.factorial.find((one) => one.metric === metric?.name)
  if (!metric) return <EmptyState title="The study has no metric" />
  if (!factorial) {
    const missing = result.factorialMissing.find((one) => one.metric === metric.name)
    return (
      <div className="pb-6">
        <MetricPicker metrics={result.metrics} metric={metric} onMetric={onMetric} />
        <div data-testid="factorial-missing">
          <EmptyState title="The effects of the factors cannot be computed">
            {missing?.why.reason ?? 'The design has more than two settings of a factor.'}
          </EmptyState>
        </div>
      </div>
    )
  }
  const pairs = factorPairs(factorial)
  const paths = factorial.factors.map(({ path }) => path)
  const chosen = pairs[Number(pair)] ?? pairs[0]
  const places = metricScale(metric, result, new Set(result.variants.map(({ key }) => key)), settings).places
  return (
    <div className="flex flex-col gap-3 pb-6">
      <MetricPicker metrics={result.metrics} metric={metric} onMetric={onMetric} />
      <div className="grid grid-cols-1 gap-3 xl:grid-cols-2">
        {chosen ? (
          <InteractionChart
            id={`interaction-${metric.name.replace(/[^A-Za-z0-9_-]+/g, '-')}`}
            data={interactionOf(factorial, metric, 1 - result.alpha, places, chosen)}
            tools={
              pairs.length > 1 ? (
                <Select
                  label="Factors"
                  value={String(pairs.indexOf(chosen))}
                  onChange={setPair}
                  groups={[
                    {
                      options: pairs.map(([a, b], at) => ({
                        value: String(at),
                        label: `${factorName(paths[a]!, paths)} × ${factorName(paths[b]!, paths)}`,
                      })),
                    },
                  ]}
                  testId="factor-pair"
                />
              ) : undefined
            }
          />
        ) : (
          <p className="text-muted">One factor has nothing to interact with.</p>
        )}
        <ShapleyTable factorial={factorial} metric={metric} places={places} />
      </div>
      <EffectsTable factorial={factorial} metric={metric} places={places} alpha={result.alpha} />
    </div>
  )
}
