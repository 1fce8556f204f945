'use client'

import { useMemo, useState } from 'react'
import { StepSlider } from '../../_ui/step-slider.tsx'
import { type CardState, ChartCard } from '../chart-card.tsx'
import type { ChartViewProps } from '../chart-kind.ts'
import { ExportItems } from '../export-items.tsx'
import { HistogramPlot } from './histogram-plot.tsx'
import { histogramChartKind } from './kind.ts'
import type { HistogramData } from './slices.ts'

/** Histograms of given data. */
export function HistogramChart({ id, data }: ChartViewProps<HistogramData>) {
  const [index, setIndex] = useState(data.index)
  const drawn = useMemo(() => ({ ...data, index }), [data, index])
  const state: CardState = data.slices.length === 0 ? { kind: 'empty', text: 'No histograms of this name yet.' } : { kind: 'ready' }
  return (
    <ChartCard
      id={id}
      title={data.title}
      state={state}
      notes={histogramChartKind.notes(drawn)}
      legend={data.view === 'single' ? <HistogramSlider data={drawn} onChange={setIndex} /> : undefined}
      menu={<ExportItems id={id} title={data.title} kind={histogramChartKind} data={drawn} />}
    >
      {(height) => <HistogramPlot data={drawn} summary={histogramChartKind.summary(drawn)} height={height} />}
    </ChartCard>
  )
}

export function HistogramSlider({ data, onChange }: { data: HistogramData; onChange: (index: number) => void }) {
  if (data.slices.length < 2) return null
  return (
    <div className="flex px-3 pb-1">
      <StepSlider
        label="Step of the histogram"
        steps={data.slices.map(({ step }) => step)}
        index={data.index}
        onChange={onChange}
        testId="histogram-step"
      />
    </div>
  )
}
