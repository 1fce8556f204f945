'use client'

import { useMemo } from 'react'
import { groupMetrics } from '../../core/metric-groups.ts'
import type { Run } from '../../core/run.ts'
import { ChartControlsBar } from '../_charts/chart-controls-bar.tsx'
import { CardGrid } from '../_ui/card-grid.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { Section } from '../_ui/section.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import { CompareChart } from './compare-chart.tsx'

const OPEN_CARDS = 60

interface CompareChartsProps {
  /** Runs to draw: the visible ones. */
  runs: Run[]
  names: string[]
  /** 0: as many as fit. */
  columns: number
  onColumns: (columns: number) => void
}

/** One card per metric with a line per run; train and validation of one metric share a card. */
export function CompareCharts({ runs, names, columns, onColumns }: CompareChartsProps) {
  const shape = names.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` is `names` by value; live updates give a new array with the same names
  const groups = useMemo(() => groupMetrics(names), [shape])
  let cards = 0
  return (
    <>
      <div className="top-0 z-20 flex sm:sticky flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-border bg-background px-3 py-1.5">
        <ChartControlsBar metrics={names} />
        <span className="ml-auto max-sm:hidden">
          <Segmented
            label="Columns"
            value={String(columns)}
            onChange={(value) => onColumns(Number(value))}
            options={[
              { value: '0', label: 'Fit', title: 'As many columns as fit' },
              ...['1', '2', '3', '4'].map((value) => ({ value, label: value, title: `${value} ${value === '1' ? 'column' : 'columns'}` })),
            ]}
          />
        </span>
      </div>
      <div className="flex flex-col gap-4 px-3 py-3" data-testid="compare-charts">
        {groups.length === 0 ? (
          <EmptyState title={names.length === 0 ? 'No metric to show' : 'No metric matches'}>
            <p>These runs logged no metric of that name.</p>
          </EmptyState>
        ) : null}
        {groups.map((group) => {
          cards += group.cards.length
          return (
            <Section
              key={group.name}
              title={group.name === '' ? 'Other metrics' : group.name}
              count={group.cards.length}
              startOpen={group.name !== 'system' && cards <= OPEN_CARDS}
              testId="metric-section"
            >
              <CardGrid columns={columns}>
                {group.cards.map((card) => (
                  <CompareChart key={card.key} card={card} runs={runs} />
                ))}
              </CardGrid>
            </Section>
          )
        })}
      </div>
    </>
  )
}
