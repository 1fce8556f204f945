'use client'

import { useMemo, useState } from 'react'
import { ChartCard } from '../chart-card.tsx'
import type { ChartViewProps } from '../chart-kind.ts'
import { ExportItems } from '../export-items.tsx'
import type { ZoomRange } from '../zoom-bus.ts'
import type { HeatmapData } from './cells.ts'
import { HeatmapPlot } from './heatmap-plot.tsx'
import { heatmapKind } from './kind.ts'

/** A heat map of given data with a zoom of its own. */
export function HeatmapChart({ id, data }: ChartViewProps<HeatmapData>) {
  const [zoom, setZoom] = useState<ZoomRange>(data.view)
  const drawn = useMemo(() => ({ ...data, view: zoom }), [data, zoom])
  return (
    <ChartCard
      id={id}
      title={data.title}
      state={{ kind: 'ready' }}
      notes={heatmapKind.notes(drawn)}
      menu={<ExportItems id={id} title={data.title} kind={heatmapKind} data={drawn} />}
    >
      {(height) => <HeatmapPlot id={id} data={drawn} summary={heatmapKind.summary(drawn)} height={height} onMove={setZoom} />}
    </ChartCard>
  )
}
