'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import { inferGoal } from '../../core/metric-name.ts'
import type { MetricColumn, Overview } from '../../core/overview.ts'
import type { Run } from '../../core/run.ts'
import { unpack } from '../../core/wire.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { EmptyState } from '../_ui/empty-state.tsx'
import { ErrorState } from '../_ui/error-state.tsx'
import { MiddleText } from '../_ui/middle-text.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import { Skeleton } from '../_ui/skeleton.tsx'
import { MetricCell } from './metric-cell.tsx'
import { type MetricFigure, metricFigure } from './metric-figure.ts'
import { RunMatrix } from './run-matrix.tsx'

/** The most metrics the server gives in one answer. */
const METRICS_MAX = 500

interface MetricSummaryTableProps {
  runs: Run[]
  baselineId: string | null
  metricNames: string[]
}

/** Last or best value of each metric by run, with its step and its difference to the baseline. */
export function MetricSummaryTable({ runs, baselineId, metricNames }: MetricSummaryTableProps) {
  const trpc = useTRPC()
  const [figure, setFigure] = useQueryState('figure', parseAsStringLiteral(['last', 'best'] as const).withDefault('last'))
  const names = useMemo(() => [...metricNames].sort(naturalCompare), [metricNames])
  const query = useQuery(
    trpc.runs.overview.queryOptions(
      { ids: runs.map((run) => run.id), metrics: names.slice(0, METRICS_MAX) },
      { enabled: runs.length > 0 && names.length > 0, placeholderData: keepPreviousData, select: readMetrics },
    ),
  )
  if (names.length === 0) return <EmptyState title="No metric matches" />
  if (query.isError) return <ErrorState title="The figures could not be read" error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <Skeleton className="h-64" />
  const { rowOf, columns } = query.data
  const baseline = Math.max(
    0,
    runs.findIndex((run) => run.id === baselineId),
  )
  const cellOf = (column: MetricColumn, index: number): MetricFigure | null => {
    const row = rowOf.get(runs[index]?.id ?? '')
    return row === undefined ? null : metricFigure(column, row, figure, column.goal ?? inferGoal(column.name))
  }
  return (
    <div className="flex flex-col gap-2" data-testid="metric-summary">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Segmented
          label="Figure"
          value={figure}
          onChange={(next) => void setFigure(next)}
          options={[
            { value: 'last', label: 'Last', title: 'Value at the highest step' },
            { value: 'best', label: 'Best', title: 'Smallest or largest finite value, by the goal of the metric' },
          ]}
        />
        <p className="text-sm text-faint">
          {figure === 'last' ? 'Value at the highest step of each run.' : 'Best finite value over all steps; where no goal is known, the last value.'}{' '}
          Differences are to the pinned baseline, in percentage points (pp) for shares.
        </p>
      </div>
      {names.length > METRICS_MAX ? (
        <p className="text-sm text-warning">
          The first {METRICS_MAX} of {formatCount(names.length)} metrics: search for names to see others.
        </p>
      ) : null}
      <RunMatrix
        testId="metric-summary-table"
        label="Metrics by run"
        corner={figure === 'last' ? 'Metric, last' : 'Metric, best'}
        runs={runs}
        baselineId={runs[baseline]?.id ?? null}
        rowHeight={44}
        rows={columns.map((column) => ({
          key: column.name,
          label: <MiddleText text={column.name} className="text-sm" />,
          cell: (index) => (
            <MetricCell name={column.name} figure={cellOf(column, index)} baseline={index === baseline ? null : cellOf(column, baseline)} />
          ),
        }))}
      />
    </div>
  )
}

function readMetrics(wire: unknown): { rowOf: Map<string, number>; columns: MetricColumn[] } {
  const overview = unpack<Overview>(wire as Parameters<typeof unpack<Overview>>[0])
  return { rowOf: new Map(overview.runs.map((run, row) => [run.id, row])), columns: overview.metrics }
}
