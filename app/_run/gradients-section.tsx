'use client'

import { useMemo } from 'react'
import type { RunCharts } from '../../core/run-charts.ts'
import { CardGrid } from '../_ui/card-grid.tsx'
import { Section } from '../_ui/section.tsx'
import { LayerMap } from './layer-maps.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'
import { useModel } from './use-model.ts'

const GLOBAL = 'gradient-norm/global'

/** How large the gradients are: all layers over the steps, and the norms as lines. */
export function GradientsSection({ data, charts }: { data: RunData; charts: RunCharts }) {
  const { gradientNorms } = charts
  const { layers } = useModel(data)
  const byLayer = useMemo(() => gradientNorms.filter((name) => name !== GLOBAL), [gradientNorms])
  if (gradientNorms.length === 0) return null
  return (
    <Section title="Gradients" testId="gradient-norms" note="L2 norms, before clipping">
      <CardGrid>
        {byLayer.length > 1 ? <LayerMap data={data} quantity="gradient-norm" names={byLayer} model={layers} view="map" /> : null}
        <MetricChart data={data} names={gradientNorms} title={gradientNorms.length === 1 ? (gradientNorms[0] ?? '') : 'Gradient norms as lines'} />
      </CardGrid>
    </Section>
  )
}
