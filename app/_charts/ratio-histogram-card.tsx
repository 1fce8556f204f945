'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { Histogram } from '../../core/kinds/histogram.ts'
import { useTRPCClient } from '../_trpc/trpc.ts'
import { Segmented } from '../_ui/segmented.tsx'
import { type CardState, ChartCard } from './chart-card.tsx'
import { ExportItems } from './export-items.tsx'
import { ratioHistogramKind } from './ratio-histogram/kind.ts'
import { RatioHistogramPlot } from './ratio-histogram/ratio-histogram-plot.tsx'
import { SliceSlider } from './ratio-histogram/slice-slider.tsx'
import type { RatioHistogramData, Slice } from './ratio-histogram/slices.ts'
import { useInView } from './use-in-view.ts'
import { useRefetchOnChange } from './use-refetch-on-change.ts'

export interface RatioHistogramCardProps {
  run: { id: string; name: string }
  /** Its records are `update-ratio-histogram/<layer>`. */
  layer: string
  title?: string
  /** Anchor, unique on the page. */
  id?: string
  /** Plot height in pixels, default 280. */
  height?: number
  /** Controls beside the title, such as a choice of layer. */
  tools?: ReactNode
}

/** Slices the slider can stand on; the store adds neighbours beyond that. */
const COLUMNS = 200

/** log10 |Δw| / |w| of one layer: ridges over steps, or one step with a slider. */
export function RatioHistogramCard({
  run,
  layer,
  title = `Update ratios of ${layer}`,
  id = 'chart-ratio-histogram',
  height = 280,
  tools,
}: RatioHistogramCardProps) {
  const frame = useRef<HTMLDivElement>(null)
  const { near } = useInView(frame)
  const [view, setView] = useState<RatioHistogramData['view']>('ridgeline')
  // The slider stays with the newest step until it is moved away from it.
  const [step, setStep] = useState<number | null>(null)
  const query = useSlices(run.id, layer, near)
  const slices = query.data?.slices
  const last = Math.max(0, (slices?.length ?? 0) - 1)
  const index =
    step === null || !slices
      ? last
      : Math.max(
          0,
          slices.findLastIndex((slice) => slice.firstStep <= step),
        )
  const data = useMemo(
    (): RatioHistogramData | null => (query.data ? { title, layer, view, index, ...query.data } : null),
    [query.data, title, layer, view, index],
  )
  const state: CardState =
    query.isError && !query.data
      ? { kind: 'error', error: query.error, retry: () => void query.refetch() }
      : !data
        ? { kind: 'loading' }
        : data.slices.length === 0
          ? { kind: 'empty', text: 'No histograms of this layer yet.', hint: `update-ratio-histogram/${layer}` }
          : { kind: 'ready' }
  const notes = data ? ratioHistogramKind.notes(data) : []
  return (
    <div ref={frame} className="min-w-0">
      <ChartCard
        id={id}
        title={title}
        state={state}
        height={height}
        notes={notes}
        busy={query.isPlaceholderData}
        tools={
          <>
            {tools}
            <Segmented
              label="View"
              value={view}
              onChange={setView}
              options={[
                { value: 'ridgeline', label: 'Ridges', title: 'Slices over steps behind each other' },
                { value: 'single', label: 'One step', title: 'One histogram with a step slider' },
              ]}
            />
          </>
        }
        legend={
          view === 'single' && slices && slices.length > 1 ? (
            <SliceSlider slices={slices} index={index} onChange={(next) => setStep(next >= last ? null : slices[next]!.firstStep)} />
          ) : undefined
        }
        menu={data ? <ExportItems id={id} title={`${title} ${run.name}`} kind={ratioHistogramKind} data={data} /> : undefined}
      >
        {(plotHeight) => (data ? <RatioHistogramPlot data={data} summary={ratioHistogramKind.summary(data)} height={plotHeight} /> : null)}
      </ChartCard>
    </div>
  )
}

/** Histograms of a layer, kept fresh while the run goes on. */
function useSlices(runId: string, layer: string, near: boolean) {
  const client = useTRPCClient()
  const query = useQuery({
    queryKey: ['ratio-histograms', runId, layer],
    queryFn: async ({ signal }) => {
      const answer = await client.records.histograms.query({ runId, name: `update-ratio-histogram/${layer}`, columns: COLUMNS }, { signal })
      const columns = answer.columns as (Omit<Slice, 'histogram'> & { histogram: Histogram })[]
      const slices = columns.flatMap(({ histogram, ...rest }): Slice[] => (histogram.layout === 'log10-ratio' ? [{ ...rest, histogram }] : []))
      const otherLayout = columns.reduce((sum, column) => sum + (column.histogram.layout === 'log10-ratio' ? 0 : column.merged), 0)
      return { slices, records: answer.n, otherLayout }
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
