'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTRPCClient } from '../_trpc/trpc.ts'
import { Segmented } from '../_ui/segmented.tsx'
import { type CardState, ChartCard } from './chart-card.tsx'
import { ExportItems } from './export-items.tsx'
import { HistogramSlider } from './histogram/histogram-chart.tsx'
import { HistogramPlot } from './histogram/histogram-plot.tsx'
import { histogramChartKind } from './histogram/kind.ts'
import type { HistogramData, HistogramSlice } from './histogram/slices.ts'
import { useInView } from './use-in-view.ts'
import { useRefetchOnChange } from './use-refetch-on-change.ts'

interface HistogramCardProps {
  run: { id: string; name: string }
  /** Name of the records; also the title. */
  name: string
}

/** Histograms read at once: more would be narrower than a pixel or two. */
const COLUMNS = 200

/** The histograms of one name: quantiles over steps, ridges, or one step with a slider. */
export function HistogramCard({ run, name }: HistogramCardProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { near } = useInView(frame)
  const [view, setView] = useState<HistogramData['view']>('bands')
  // The slider stays with the newest step until it is moved away from it.
  const [step, setStep] = useState<number | null>(null)
  const query = useSlices(run.id, name, near)
  const last = Math.max(0, (query.data?.slices.length ?? 0) - 1)
  const at = step === null ? last : (query.data?.slices.findLastIndex((slice) => slice.step <= step) ?? last)
  const index = Math.max(0, at)
  const data = useMemo((): HistogramData | null => (query.data ? { title: name, view, index, ...query.data } : null), [query.data, name, view, index])
  const id = `histogram-${name}`
  const state: CardState =
    query.isError && !query.data
      ? { kind: 'error', error: query.error, retry: () => void query.refetch() }
      : !data
        ? { kind: 'loading' }
        : data.slices.length === 0
          ? { kind: 'empty', text: 'No histograms of this name on the newest line.', hint: name }
          : { kind: 'ready' }
  return (
    <div ref={frame} className="min-w-0">
      <ChartCard
        id={id}
        title={name}
        state={state}
        notes={data ? histogramChartKind.notes(data) : []}
        busy={query.isPlaceholderData}
        tools={
          <Segmented
            label="View"
            value={view}
            onChange={setView}
            options={[
              { value: 'bands', label: 'Bands', title: 'Quantiles over steps' },
              { value: 'ridgeline', label: 'Ridges', title: 'Histograms over steps behind each other' },
              { value: 'single', label: 'One step', title: 'One histogram with a step slider' },
            ]}
          />
        }
        legend={
          data && view === 'single' ? (
            <HistogramSlider data={data} onChange={(next) => setStep(next >= last ? null : data.slices[next]!.step)} />
          ) : undefined
        }
        menu={data ? <ExportItems id={id} title={`${name} ${run.name}`} kind={histogramChartKind} data={data} /> : undefined}
      >
        {(plotHeight) => (data ? <HistogramPlot data={data} summary={histogramChartKind.summary(data)} height={plotHeight} /> : null)}
      </ChartCard>
    </div>
  )
}

/** Histograms with edges of their own, kept fresh while the run goes on. */
function useSlices(runId: string, name: string, near: boolean) {
  const client = useTRPCClient()
  const query = useQuery({
    queryKey: ['histogram-steps', runId, name],
    queryFn: async ({ signal }) => {
      const { steps, n, superseded } = await client.records.histogramSteps.query({ runId, name, columns: COLUMNS }, { signal })
      const slices = steps.flatMap(({ step, histogram }): HistogramSlice[] => (histogram.layout === 'edges' ? [{ step, histogram }] : []))
      return { slices, records: n, superseded }
    },
    enabled: near,
    staleTime: 0,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  })
  useRefetchOnChange(
    query,
    useMemo(() => new Set([runId]), [runId]),
    near,
  )
  return query
}
