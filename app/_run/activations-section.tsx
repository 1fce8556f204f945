'use client'

import { useState } from 'react'
import type { RunCharts } from '../../core/run-charts.ts'
import { CardGrid } from '../_ui/card-grid.tsx'
import { Section } from '../_ui/section.tsx'
import { LayerMap, type LayerView, LayerViewChoice } from './layer-maps.tsx'
import type { RunData } from './run-data.ts'
import { useModel } from './use-model.ts'

/** What the layers give out: units that never fire, spread, mean, saturation, and what batch norm keeps of it. */
export function ActivationsSection({ data, charts }: { data: RunData; charts: RunCharts }) {
  const [view, setView] = useState<LayerView>('map')
  const { layers } = useModel(data)
  const { activations } = charts
  if (activations.length === 0) return null
  const count = new Set(activations.flatMap(({ quantity, names }) => names.map((name) => name.slice(quantity.length)))).size
  return (
    <Section
      title="Activations"
      testId="activations"
      note={`${count} ${count === 1 ? 'layer' : 'layers'}`}
      tools={<LayerViewChoice value={view} onChange={setView} />}
    >
      <CardGrid>
        {activations.map(({ quantity, names }) => (
          <LayerMap key={quantity} data={data} quantity={quantity} names={names} model={layers} view={view} />
        ))}
      </CardGrid>
    </Section>
  )
}
