'use client'

import { useMemo, useRef } from 'react'
import { type CardState, ChartCard } from './chart-card.tsx'
import { useChartControls } from './chart-controls.ts'
import { ExportItems } from './export-items.tsx'
import type { HeatmapData } from './heatmap/cells.ts'
import { HeatmapPlot } from './heatmap/heatmap-plot.tsx'
import { heatmapKind } from './heatmap/kind.ts'
import { useChartSeries } from './use-chart-series.ts'
import { useInView } from './use-in-view.ts'
import { useZoom } from './use-zoom.ts'

export interface RatioHeatmapCardProps {
  run: { id: string; name: string }
  /** Layer names in the order of the network; each is the scalar `update-ratio/<layer>`. */
  layers: string[]
  title?: string
  /** Anchor, unique on the page. */
  id?: string
  /** Plot height in pixels; default by the number of layers. */
  height?: number
}

const PREFIX = 'update-ratio/'
/** Columns to ask for: up to four times as many measurements arrive complete. */
const COLUMNS = 2048
const NO_SMOOTHING = { kind: 'none' } as const
const STEPS = { kind: 'step' } as const

/** Layer × step heat map of log10 update ratios around the 1e-3 guide. Always by step; follows the page's zoom when that is by step too. */
export function RatioHeatmapCard({ run, layers, title = 'Update ratio by layer', id = 'chart-update-ratios', height }: RatioHeatmapCardProps) {
  const controls = useChartControls()
  const byStep = controls.x.kind === 'step'
  const frame = useRef<HTMLDivElement>(null)
  const { near } = useInView(frame)
  const { view, settled, move } = useZoom(id)
  const series = useMemo(() => layers.map((layer) => ({ runId: run.id, name: `${PREFIX}${layer}` })), [run.id, layers])
  const query = useChartSeries({
    series,
    x: STEPS,
    range: byStep ? settled : null,
    width: COLUMNS,
    smoothing: NO_SMOOTHING,
    abandoned: false,
    enabled: near,
  })
  const data = useMemo((): HeatmapData | null => {
    if (!query.data) return null
    const found = new Map(query.data.columns.map((columns) => [columns.name, columns]))
    const rows = layers.flatMap((layer) => {
      const columns = found.get(`${PREFIX}${layer}`)
      return columns && columns.total > 0 ? [{ layer, columns }] : []
    })
    return { title, layers: rows, view: byStep ? view : null }
  }, [query.data, layers, title, byStep, view])
  const state: CardState =
    query.isError && !query.data
      ? { kind: 'error', error: query.error, retry: () => void query.refetch() }
      : layers.length === 0
        ? { kind: 'empty', text: 'Not logged.', hint: "watch(model, run) from 'lossboard/tfjs' logs update ratios." }
        : !data
          ? { kind: 'loading' }
          : data.layers.length === 0
            ? { kind: 'empty', text: 'No update ratio in this run yet.' }
            : { kind: 'ready' }
  return (
    <div ref={frame} className="min-w-0">
      <ChartCard
        id={id}
        title={title}
        state={state}
        height={height ?? Math.max(200, 90 + layers.length * 22)}
        busy={query.isPlaceholderData}
        notes={data ? heatmapKind.notes(data) : []}
        menu={
          data ? (
            <ExportItems
              id={id}
              title={`${title} ${run.name}`}
              kind={heatmapKind}
              data={data}
              fullData={[
                {
                  label: run.name,
                  href: `/api/export?${new URLSearchParams([['run', run.id], ['format', 'csv'], ...series.map(({ name }) => ['metric', name])])}`,
                },
              ]}
            />
          ) : undefined
        }
      >
        {(plotHeight) =>
          data ? <HeatmapPlot id={id} data={data} summary={heatmapKind.summary(data)} height={plotHeight} onMove={byStep ? move : () => {}} /> : null
        }
      </ChartCard>
    </div>
  )
}
