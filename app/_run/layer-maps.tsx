'use client'

import { useMemo } from 'react'
import { inModelOrder, layerOf } from '../../core/run-charts.ts'
import { type QuantityId, quantityOf } from '../_charts/heatmap/quantities.ts'
import { heatmapHeight, LayerHeatmapCard } from '../_charts/heatmap-card.tsx'
import { LazyCard } from '../_ui/lazy-card.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'

export type LayerView = 'map' | 'lines'

/** Title and notes of a card (px). */
const FRAME = 84

/** The same figures as a map, where layers are compared, or as lines, where values are. */
export function LayerViewChoice({ value, onChange }: { value: LayerView; onChange: (value: LayerView) => void }) {
  return (
    <Segmented
      label="View of the layers"
      value={value}
      onChange={onChange}
      options={[
        { value: 'map', label: 'Maps', title: 'Layer × step, the value as colour' },
        { value: 'lines', label: 'Lines', title: 'One line per layer' },
      ]}
    />
  )
}

interface LayerMapProps {
  data: RunData
  quantity: QuantityId
  /** Metrics `<quantity>/<layer>`. */
  names: string[]
  /** Layers of the model from input to output. */
  model: readonly string[]
  view: LayerView
}

/** One quantity of all layers. */
export function LayerMap({ data, quantity, names, model, view }: LayerMapProps) {
  const layers = useMemo(() => inModelOrder(names.map(layerOf), model), [names, model])
  const { prefix, title } = quantityOf(quantity)
  if (view === 'lines') return <MetricChart data={data} names={layers.map((layer) => `${prefix}/${layer}`)} title={title} />
  return (
    <LazyCard height={heatmapHeight(layers.length) + FRAME} label={title} metrics={layers.map((layer) => `${prefix}/${layer}`)}>
      <LayerHeatmapCard run={data.run} quantity={quantity} layers={layers} />
    </LazyCard>
  )
}
