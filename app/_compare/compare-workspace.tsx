'use client'

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import type { inferParserType } from 'nuqs'
import { useMemo, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { metricFilter } from '../../core/metric-filter.ts'
import type { Run } from '../../core/run.ts'
import { useCommands } from '../_shell/commands.ts'
import { Banner } from '../_ui/banner.tsx'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { SearchBox } from '../_ui/search-box.tsx'
import { Tabs } from '../_ui/tabs.tsx'
import { CompareCharts } from './compare-charts.tsx'
import { COMPARE_VIEWS, type CompareView, type compareParsers } from './compare-params.ts'
import { ConfigDiffTable } from './config-diff-table.tsx'
import { MetricSummaryTable } from './metric-summary-table.tsx'
import { RunList } from './run-list.tsx'
import { type CompareRuns, RUNS_MAX } from './use-compare-runs.ts'

export type CompareParams = inferParserType<typeof compareParsers>

const LABELS: Record<CompareView, string> = { charts: 'Charts', metrics: 'Metrics', config: 'Config' }

interface CompareWorkspaceProps {
  data: CompareRuns
  params: CompareParams
  hidden: ReadonlySet<string>
  onParams: (next: Partial<CompareParams>) => void
  onRemove?: (id: string) => void
}

/** List of runs on the left, the chosen view of those shown on the right. */
export function CompareWorkspace({ data, params, hidden, onParams, onRemove }: CompareWorkspaceProps) {
  const [listOpen, setListOpen] = useState(true)
  const [drawerOpen, setDrawerOpen] = useState(false)
  const { runs, missing, leftOut } = data
  // Picked runs: the first is what the others are held against; a whole project: the oldest.
  const baselineId = runs.some((run) => run.id === params.baseline) ? params.baseline : ((onRemove ? runs[0] : runs.at(-1))?.id ?? null)
  const visible = useMemo(() => runs.filter((run) => !hidden.has(run.id)), [runs, hidden])
  const tabled = useMemo(() => baselineFirst(runs, hidden, baselineId), [runs, hidden, baselineId])
  const filter = useMemo(() => metricFilter(params.filter), [params.filter])
  const names = useMemo(() => data.metricNames.map((one) => one.name), [data.metricNames])
  const matching = useMemo(() => names.filter(filter.matches), [names, filter])
  useCommands([
    ...COMPARE_VIEWS.map((view, index) => ({
      id: `compare-${view}`,
      label: LABELS[view],
      group: 'Compare',
      keys: String(index + 1),
      run: () => onParams({ view }),
    })),
    { id: 'compare-list', label: 'Show or hide the list of runs', group: 'Compare', keys: 'l', run: () => setListOpen(!listOpen) },
  ])
  const list = (
    <RunList
      runs={runs}
      hidden={hidden}
      onHidden={(next) => onParams({ hidden: next })}
      baselineId={baselineId}
      onBaseline={(baseline) => onParams({ baseline })}
      onRemove={runs.length > 1 ? onRemove : undefined}
    />
  )
  return (
    <div className="flex h-full min-h-0" data-testid="compare-page">
      {listOpen ? <aside className="w-64 shrink-0 border-r border-border max-md:hidden">{list}</aside> : null}
      <Dialog open={drawerOpen} onClose={() => setDrawerOpen(false)} title="Runs" width="w-[420px]">
        <div className="-mx-4 -my-3 h-[70dvh]">{list}</div>
      </Dialog>
      <div className="flex min-w-0 flex-1 flex-col overflow-y-auto" data-testid="compare-scroll">
        {leftOut > 0 ? (
          <Banner tone="warning" testId="left-out-notice">
            {formatCount(leftOut + RUNS_MAX)} runs match; the newest {RUNS_MAX} are here. {formatCount(leftOut)} are left out.
          </Banner>
        ) : null}
        {missing.length > 0 ? (
          <Banner tone="warning" testId="missing-notice">
            {missing.length === 1 ? 'One run of the address is' : `${formatCount(missing.length)} runs of the address are`} not in the store: deleted,
            or of another store ({missing.slice(0, 3).join(', ')}
            {missing.length > 3 ? ', …' : ''}).
          </Banner>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3 pt-2">
          <Button
            look="quiet"
            size="icon"
            className="max-md:hidden"
            aria-label={listOpen ? 'Hide the list of runs' : 'Show the list of runs'}
            title={`${listOpen ? 'Hide' : 'Show'} the list of runs (l)`}
            onClick={() => setListOpen(!listOpen)}
          >
            {listOpen ? <PanelLeftClose size={15} /> : <PanelLeftOpen size={15} />}
          </Button>
          <Button className="md:hidden" onClick={() => setDrawerOpen(true)} data-testid="open-run-list">
            Runs
            <span className="num text-faint">
              {visible.length}/{runs.length}
            </span>
          </Button>
          <h1 className="font-semibold">
            {formatCount(visible.length)} {visible.length === 1 ? 'run' : 'runs'}
            {params.project ? <span className="font-normal text-muted"> of {params.project}</span> : null}
          </h1>
          <SearchBox
            value={params.filter}
            onChange={(text) => onParams({ filter: text })}
            label={params.view === 'config' ? 'Search settings' : 'Search metrics'}
            placeholder={params.view === 'config' ? 'Settings: lr|batch' : 'Metrics: val/(loss|acc)'}
            problem={filter.problem}
            testId="metric-search"
            className="max-sm:w-full sm:w-72"
          />
          {params.view === 'config' ? null : (
            <span className="num text-sm text-faint" data-testid="metric-count">
              {params.filter.trim() && !filter.problem
                ? `${formatCount(matching.length)} of ${formatCount(names.length)} metrics`
                : `${formatCount(names.length)} metrics`}
            </span>
          )}
        </div>
        <div className="px-3">
          <Tabs
            label="Views"
            value={params.view}
            onChange={(view) => onParams({ view })}
            tabs={COMPARE_VIEWS.map((value) => ({ value, label: LABELS[value] }))}
          />
        </div>
        {visible.length === 0 ? (
          <EmptyState title="All runs are hidden" actions={<Button onClick={() => onParams({ hidden: [] })}>Show all</Button>} />
        ) : params.view === 'charts' ? (
          <CompareCharts runs={visible} names={matching} columns={params.columns} onColumns={(columns) => onParams({ columns })} />
        ) : (
          <div className="px-3 py-3">
            {params.view === 'metrics' ? (
              <MetricSummaryTable runs={tabled} baselineId={baselineId} metricNames={matching} />
            ) : (
              <ConfigDiffTable runs={tabled} baselineId={baselineId} matches={filter.matches} />
            )}
          </div>
        )}
      </div>
    </div>
  )
}

/** The shown runs for a table: the baseline leads, also when its curves are hidden, as everything is measured against it. */
function baselineFirst(runs: Run[], hidden: ReadonlySet<string>, baselineId: string | null): Run[] {
  const baseline = runs.filter((run) => run.id === baselineId)
  return [...baseline, ...runs.filter((run) => run.id !== baselineId && !hidden.has(run.id))]
}
