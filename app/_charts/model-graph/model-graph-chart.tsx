'use client'

import { useMemo } from 'react'
import { ChartCard } from '../chart-card.tsx'
import type { ChartViewProps } from '../chart-kind.ts'
import { ExportItems } from '../export-items.tsx'
import { type ModelGraphData, modelGraph } from './graph-layout.ts'
import { GraphPlot } from './graph-plot.tsx'
import { modelGraphKind } from './kind.ts'

/** Most of a tall graph is scrolled to. Pixels. */
const TALLEST = 560
/** Room below for the zoom controls. */
const CONTROLS = 56

/** The graph of a given model. */
export function ModelGraphChart({ id, data, fileTitle }: ChartViewProps<ModelGraphData> & { fileTitle?: string }) {
  const notes = useMemo(() => modelGraphKind.notes(data), [data])
  return (
    <ChartCard
      id={id}
      title={data.title}
      state={{ kind: 'ready' }}
      height={Math.min(TALLEST, Math.max(180, modelGraph(data.model).height + CONTROLS))}
      notes={notes}
      menu={<ExportItems id={id} title={fileTitle ?? data.title} kind={modelGraphKind} data={data} />}
    >
      {(height) => <GraphPlot data={data} summary={modelGraphKind.summary(data)} height={height} />}
    </ChartCard>
  )
}
