'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import type { ModelValue } from '../../core/kinds/values.ts'
import { inModelOrder, layerOf, type RunCharts } from '../../core/run-charts.ts'
import { RatioHeatmapCard } from '../_charts/heatmap-card.tsx'
import { RatioHistogramCard } from '../_charts/ratio-histogram-card.tsx'
import { CardGrid } from '../_ui/card-grid.tsx'
import { LazyCard } from '../_ui/lazy-card.tsx'
import { Section } from '../_ui/section.tsx'
import { EmptyChart } from './empty-chart.tsx'
import { LayerSelect } from './layer-select.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'
import { useRecords } from './use-records.ts'

const HISTOGRAM = 'update-ratio-histogram/'
/** Both cards are as high as the layers need, within limits (px). */
const SHORTEST = 240
const TALLEST = 620
/** Title and notes of a card (px). */
const FRAME = 84
const WATCH = "import { watch } from 'lossboard/tfjs'\nwatch(model, run)"

/** How far each layer's weights move per step, against the 1e-3 one hopes for; then the gradients behind it. */
export function UpdateRatios({ data, charts }: { data: RunData; charts: RunCharts }) {
  const { updateRatios, gradientNorms } = charts
  const { run } = data
  const models = useRecords(run.id, 'model', data.records)
  const model = useMemo(
    () => models.records.flatMap((record) => (record.payload as unknown as ModelValue).layers.map((one) => one.name)),
    [models.records],
  )
  const layers = useMemo(() => inModelOrder(updateRatios.map(layerOf), model), [updateRatios, model])
  const histograms = data.records.filter((record) => record.kind === 'histogram' && record.name.startsWith(HISTOGRAM))
  const histogramLayers = inModelOrder(
    histograms.map((record) => layerOf(record.name)),
    model,
  )
  const [layer, setLayer] = useQueryState('layer', parseAsString)
  const chosen = layer !== null && histogramLayers.includes(layer) ? layer : histogramLayers[0]
  const height = Math.min(TALLEST, Math.max(SHORTEST, 90 + layers.length * 22))
  return (
    <>
      <Section title="Update ratios" testId="update-ratios" note="size of a step over size of the weights, per layer; near 1e-3 is healthy">
        <CardGrid>
          {layers.length === 0 ? (
            <EmptyChart title="Update ratio by layer and step" code={WATCH} />
          ) : (
            <LazyCard height={height + FRAME} label="Update ratio by layer">
              <RatioHeatmapCard run={run} layers={layers} height={height} />
            </LazyCard>
          )}
          {chosen === undefined ? (
            <EmptyChart title="Distribution of update ratios" code={WATCH} />
          ) : (
            <LazyCard height={height + FRAME} label="Distribution of update ratios">
              <RatioHistogramCard
                run={run}
                layer={chosen}
                height={height}
                tools={<LayerSelect layers={histogramLayers} value={chosen} onChange={setLayer} />}
              />
            </LazyCard>
          )}
        </CardGrid>
      </Section>
      {gradientNorms.length > 0 ? (
        <Section title="Gradient norms" count={gradientNorms.length} testId="gradient-norms">
          <CardGrid>
            <MetricChart data={data} names={gradientNorms} title={gradientNorms.length === 1 ? (gradientNorms[0] ?? '') : 'Gradient norm by layer'} />
          </CardGrid>
        </Section>
      ) : null}
    </>
  )
}
