'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { naturalCompare } from '../../core/metric-groups.ts'
import { layerOf, type RunCharts } from '../../core/run-charts.ts'
import { CardGrid } from './card-grid.tsx'
import { EmptyChart } from './empty-chart.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'
import { Section } from './section.tsx'

const HISTOGRAM = 'update-ratio-histogram/'

/** How far each layer's weights move per step, against the 1e-3 one hopes for; then the gradients behind it. */
export function UpdateRatios({ data, charts }: { data: RunData; charts: RunCharts }) {
  const layers = data.records
    .filter((record) => record.kind === 'histogram' && record.name.startsWith(HISTOGRAM))
    .map((record) => layerOf(record.name))
    .sort(naturalCompare)
  const [layer] = useQueryState('layer', parseAsString)
  const chosen = layer !== null && layers.includes(layer) ? layer : layers[0]
  const { updateRatios, gradientNorms } = charts
  return (
    <>
      <Section title="Update ratios" testId="update-ratios" note="size of a step over size of the weights, per layer; near 1e-3 is healthy">
        <CardGrid>
          {updateRatios.length === 0 ? (
            <EmptyChart title="Update ratio by layer and step" code={"watch(model, run)   // from 'lossboard/tfjs'"} />
          ) : (
            <MetricChart data={data} names={updateRatios} title="Update ratio by layer" />
          )}
          {chosen === undefined ? (
            <EmptyChart title="Distribution of update ratios" code={"watch(model, run)   // from 'lossboard/tfjs'"} />
          ) : (
            <EmptyChart title={`Distribution of update ratios, ${chosen} of ${layers.length}`} code="" />
          )}
        </CardGrid>
      </Section>
      {gradientNorms.length > 0 ? (
        <Section title="Gradient norms" count={gradientNorms.length} testId="gradient-norms">
          <CardGrid>
            <MetricChart data={data} names={gradientNorms} title="Gradient norm by layer" />
          </CardGrid>
        </Section>
      ) : null}
    </>
  )
}
