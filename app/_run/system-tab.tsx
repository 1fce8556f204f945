'use client'

import { groupMetrics, type MetricCard } from '../../core/metric-groups.ts'
import { runCharts } from '../../core/run-charts.ts'
import { CardGrid } from '../_ui/card-grid.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { CodeSample } from './code-sample.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'

const RELATIVE = { kind: 'relative' } as const

/** What the machine did, over the time since the run began: these figures have a clock of their own, not training steps. */
export function SystemTab({ data }: { data: RunData }) {
  const { system } = runCharts(data.series.map((one) => one.name))
  const cards: MetricCard[] = groupMetrics(system).flatMap((group) => group.cards)
  if (cards.length === 0)
    return (
      <EmptyState title="No system metrics">
        <p>
          {data.run.status === 'running'
            ? 'The first figures come some seconds after the start.'
            : 'The run was too short for a first figure, or they were switched off.'}
        </p>
        <CodeSample>{'init({ project: "mnist", systemMetrics: true })'}</CodeSample>
      </EmptyState>
    )
  return (
    <div className="px-4 py-3" data-testid="system-tab">
      <CardGrid columns={0}>
        {cards.map((card) => (
          <MetricChart key={card.key} data={data} names={card.names} title={card.title} x={RELATIVE} raw />
        ))}
      </CardGrid>
    </div>
  )
}
