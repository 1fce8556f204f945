'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { metricFilter } from '../../core/metric-filter.ts'
import { groupMetrics } from '../../core/metric-groups.ts'
import { runCharts } from '../../core/run-charts.ts'
import { ChartControlsBar } from '../_charts/chart-controls-bar.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import { SearchBox } from '../_ui/search-box.tsx'
import { ActivationsSection } from './activations-section.tsx'
import { AudioSection } from './audio-section.tsx'
import { CodeSample } from './code-sample.tsx'
import { EvaluationSection } from './evaluation-section.tsx'
import { FindingsSection } from './findings-section.tsx'
import { GradientsSection } from './gradients-section.tsx'
import { HistogramsSection } from './histograms-section.tsx'
import { FiltersSection, ImagesSection } from './images-section.tsx'
import { LeadCharts } from './lead-charts.tsx'
import { MetricSections } from './metric-sections.tsx'
import { ModelSection } from './model-section.tsx'
import type { RunData } from './run-data.ts'
import { TextsSection } from './texts-section.tsx'
import { TrainingFacts } from './training-facts.tsx'
import { UpdateRatios } from './update-ratios.tsx'

/** The run in pictures: loss and accuracy first, then how the weights move, then everything else that was logged. */
export function ChartsTab({ data }: { data: RunData }) {
  const [search, setSearch] = useQueryState('filter', parseAsString.withDefault('').withOptions({ throttleMs: 200 }))
  const names = useMemo(() => data.series.map((one) => one.name), [data.series])
  const shape = names.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` is `names` by value; live updates give a new array with the same names
  const charts = useMemo(() => runCharts(names), [shape])
  const filter = useMemo(() => metricFilter(search), [search])
  const searching = search.trim() !== '' && !filter.problem
  const found = useMemo(() => (searching ? names.filter(filter.matches) : names), [searching, names, filter])
  if (names.length === 0 && data.records.length === 0)
    return (
      <EmptyState title={data.run.status === 'running' ? 'Nothing logged yet' : 'This run logged nothing'}>
        <p>
          {data.run.status === 'running'
            ? 'Charts appear here by themselves with the first values:'
            : 'Values show up as charts when a run logs them:'}
        </p>
        <CodeSample>{"run.log({ 'train/loss': loss, 'train/accuracy': accuracy }, step)"}</CodeSample>
      </EmptyState>
    )
  return (
    <div data-testid="charts-tab">
      <div className="top-0 z-20 flex sm:sticky flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-border bg-background px-4 py-1.5">
        <ChartControlsBar metrics={names} />
        <span className="ml-auto flex items-center gap-2 max-sm:ml-0 max-sm:w-full">
          <span className="num text-sm whitespace-nowrap text-faint" data-testid="metric-count">
            {searching ? `${found.length} of ${names.length}` : names.length} {names.length === 1 ? 'metric' : 'metrics'}
          </span>
          <SearchBox
            value={search}
            onChange={(text) => void setSearch(text || null)}
            label="Search metrics"
            placeholder="Metrics: val/(loss|acc)"
            problem={filter.problem}
            testId="metric-search"
            className="max-sm:w-full sm:w-64"
          />
        </span>
      </div>
      <div className="flex flex-col gap-4 px-4 py-3">
        {searching ? (
          found.length > 0 ? (
            <MetricSections data={data} groups={groupMetrics(found)} />
          ) : (
            <EmptyState title="No metric matches">
              <p>Nothing matches the pattern “{search.trim()}”.</p>
            </EmptyState>
          )
        ) : (
          <>
            <FindingsSection data={data} />
            <TrainingFacts summary={data.run.summary} />
            <LeadCharts data={data} charts={charts} />
            <UpdateRatios data={data} charts={charts} />
            <GradientsSection data={data} charts={charts} />
            <ActivationsSection data={data} charts={charts} />
            <EvaluationSection data={data} />
            <FiltersSection data={data} />
            <MetricSections data={data} groups={charts.groups} />
            <HistogramsSection data={data} />
            <ImagesSection data={data} />
            <AudioSection data={data} />
            <TextsSection data={data} />
            <ModelSection data={data} />
          </>
        )}
      </div>
    </div>
  )
}
