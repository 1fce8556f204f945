'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { inModelOrder, layerOf, type RunCharts } from '../../core/run-charts.ts'
import { heatmapHeight, LayerHeatmapCard } from '../_charts/heatmap-card.tsx'
import { RatioHistogramCard } from '../_charts/ratio-histogram-card.tsx'
import { useDiagnosis } from '../_findings/diagnosis-context.tsx'
import { layerMarks } from '../_findings/layer-marks.ts'
import { LayerVerdicts } from '../_findings/layer-verdicts.tsx'
import { CardGrid } from '../_ui/card-grid.tsx'
import { LazyCard } from '../_ui/lazy-card.tsx'
import { Section } from '../_ui/section.tsx'
import { EmptyChart } from './empty-chart.tsx'
import { LayerSelect } from './layer-select.tsx'
import type { RunData } from './run-data.ts'
import { useModel } from './use-model.ts'

const HISTOGRAM = 'update-ratio-histogram/'
/** Title and notes of a card (px). */
const FRAME = 84
const WATCH = "import { watch } from 'lossboard/tfjs'\nwatch(model, run)"

/** How far each layer's weights move per step, against the 1e-3 one hopes for. */
export function UpdateRatios({ data, charts }: { data: RunData; charts: RunCharts }) {
  const { updateRatios } = charts
  const { run } = data
  const { answer } = useDiagnosis()
  const { layers: model } = useModel(data)
  const layers = useMemo(() => inModelOrder(updateRatios.map(layerOf), model), [updateRatios, model])
  const histograms = data.records.filter((record) => record.kind === 'histogram' && record.name.startsWith(HISTOGRAM))
  const histogramLayers = inModelOrder(
    histograms.map((record) => layerOf(record.name)),
    model,
  )
  const [layer, setLayer] = useQueryState('layer', parseAsString)
  const chosen = layer !== null && histogramLayers.includes(layer) ? layer : histogramLayers[0]
  const verdicts = answer?.report?.updateRatios.layers
  const marks = useMemo(() => (verdicts ? layerMarks(verdicts) : undefined), [verdicts])
  const height = heatmapHeight(layers.length)
  return (
    <Section title="Update ratios" testId="update-ratios" note="size of a step over size of the weights, per layer; near 1e-3 is healthy">
      <CardGrid>
        {layers.length === 0 ? (
          <EmptyChart title="Update ratio by layer and step" code={WATCH} />
        ) : (
          <LazyCard height={height + FRAME} label="Update ratio by layer" metrics={updateRatios}>
            <LayerHeatmapCard run={run} quantity="update-ratio" layers={layers} {...(marks && { marks })} height={height} />
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
      {answer?.report ? <LayerVerdicts updateRatios={answer.report.updateRatios} /> : null}
    </Section>
  )
}
