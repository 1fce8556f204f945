'use client'

import { useMemo, useState } from 'react'
import { type CardState, ChartCard } from '../chart-card.tsx'
import type { ChartViewProps } from '../chart-kind.ts'
import { ExportItems } from '../export-items.tsx'
import { ratioHistogramKind } from './kind.ts'
import { RatioHistogramPlot } from './ratio-histogram-plot.tsx'
import { SliceSlider } from './slice-slider.tsx'
import type { RatioHistogramData } from './slices.ts'

/** Histograms of given data. */
export function RatioHistogramChart({ id, data }: ChartViewProps<RatioHistogramData>) {
  const [index, setIndex] = useState(data.index)
  const drawn = useMemo(() => ({ ...data, index }), [data, index])
  const state: CardState = data.slices.length === 0 ? { kind: 'empty', text: 'No histograms of this layer yet.' } : { kind: 'ready' }
  return (
    <ChartCard
      id={id}
      title={data.title}
      state={state}
      notes={ratioHistogramKind.notes(drawn)}
      legend={data.view === 'single' && data.slices.length > 1 ? <SliceSlider slices={data.slices} index={index} onChange={setIndex} /> : undefined}
      menu={<ExportItems id={id} title={data.title} kind={ratioHistogramKind} data={drawn} />}
    >
      {(height) => <RatioHistogramPlot data={drawn} summary={ratioHistogramKind.summary(drawn)} height={height} />}
    </ChartCard>
  )
}
