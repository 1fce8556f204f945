'use client'

import { useMemo, useRef } from 'react'
import { type CardState, ChartCard } from './chart-card.tsx'
import { useChartControls } from './chart-controls.ts'
import { ExportItems } from './export-items.tsx'
import type { HeatmapData } from './heatmap/cells.ts'
import { HeatmapPlot } from './heatmap/heatmap-plot.tsx'
import { heatmapKind } from './heatmap/kind.ts'
import { type QuantityId, quantityOf } from './heatmap/quantities.ts'
import type { RowMark } from './heatmap/row-mark.ts'
import { useChartSeries } from './use-chart-series.ts'
import { useInView } from './use-in-view.ts'
import { useZoom } from './use-zoom.ts'

export interface LayerHeatmapCardProps {
  run: { id: string; name: string }
  quantity: QuantityId
  /** Layer names in the order of the network; each is the scalar `<quantity>/<layer>`. */
  layers: string[]
  /** What is said of layers as a whole, by layer; drawn beside their names. */
  marks?: ReadonlyMap<string, RowMark>
  title?: string
  /** Anchor, unique on the page. */
  id?: string
  /** Plot height in pixels; default by the number of layers. */
  height?: number
}

/** Columns to ask for: up to four times as many measurements arrive complete. Of many layers less is asked for. */
const COLUMNS = 2048
const COLUMNS_OF_ALL = 65_536
/** Room of legend and axis, and of one layer (px). */
const AROUND = 90
const ROW = 22
const NO_SMOOTHING = { kind: 'none' } as const
const STEPS = { kind: 'step' } as const

/** Plot height for so many layers, within limits (px). */
export function heatmapHeight(layers: number, least = 240, most = 620): number {
  return Math.min(most, Math.max(least, AROUND + layers * ROW))
}

/** Layer × step heat map of one quantity. Always by step; follows the page's zoom when that is by step too. */
export function LayerHeatmapCard({ run, quantity, layers, marks, title: ownTitle, id = `chart-${quantity}`, height }: LayerHeatmapCardProps) {
  const { prefix, title: usualTitle, noun, hint } = quantityOf(quantity)
  const title = ownTitle ?? usualTitle
  const controls = useChartControls()
  const byStep = controls.x.kind === 'step'
  const frame = useRef<HTMLDivElement>(null)
  const { near } = useInView(frame)
  const { view, settled, move } = useZoom(id)
  const series = useMemo(() => layers.map((layer) => ({ runId: run.id, name: `${prefix}/${layer}` })), [run.id, layers, prefix])
  const query = useChartSeries({
    series,
    x: STEPS,
    range: byStep ? settled : null,
    width: Math.min(COLUMNS, Math.max(256, Math.floor(COLUMNS_OF_ALL / Math.max(1, layers.length)))),
    smoothing: NO_SMOOTHING,
    abandoned: false,
    enabled: near,
  })
  const data = useMemo((): HeatmapData | null => {
    if (!query.data) return null
    const found = new Map(query.data.columns.map((columns) => [columns.name, columns]))
    const rows = layers.flatMap((layer) => {
      const columns = found.get(`${prefix}/${layer}`)
      return columns && columns.total > 0 ? [{ layer, columns, mark: marks?.get(layer) }] : []
    })
    return { title, quantity, layers: rows, view: byStep ? view : null }
  }, [query.data, layers, marks, title, quantity, prefix, byStep, view])
  const state: CardState =
    query.isError && !query.data
      ? { kind: 'error', error: query.error, retry: () => void query.refetch() }
      : layers.length === 0
        ? { kind: 'empty', text: 'Not logged.', hint }
        : !data
          ? { kind: 'loading' }
          : data.layers.length === 0
            ? { kind: 'empty', text: `No ${noun} in this run yet.` }
            : { kind: 'ready' }
  return (
    <div ref={frame} className="min-w-0">
      <ChartCard
        id={id}
        title={title}
        state={state}
        height={height ?? heatmapHeight(layers.length)}
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
