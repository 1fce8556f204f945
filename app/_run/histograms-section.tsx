'use client'

import { naturalCompare } from '../../core/metric-groups.ts'
import { HistogramCard } from '../_charts/histogram-card.tsx'
import { CardGrid } from '../_ui/card-grid.tsx'
import { LazyCard } from '../_ui/lazy-card.tsx'
import { Section } from '../_ui/section.tsx'
import type { RunData } from './run-data.ts'

/** Those of update ratios have a section and a chart of their own. */
const RATIOS = 'update-ratio-histogram/'
/** A card with title and notes (px). */
const HEIGHT = 340

/** Every other logged histogram: weights, gradients, activations, whatever a program counted. */
export function HistogramsSection({ data }: { data: RunData }) {
  const names = data.records
    .filter((record) => record.kind === 'histogram' && !record.name.startsWith(RATIOS))
    .map((record) => record.name)
    .sort(naturalCompare)
  if (names.length === 0) return null
  return (
    <Section title="Histograms" count={names.length} testId="histograms-section">
      <CardGrid>
        {names.map((name) => (
          <LazyCard key={name} height={HEIGHT} label={name}>
            <HistogramCard run={data.run} name={name} />
          </LazyCard>
        ))}
      </CardGrid>
    </Section>
  )
}
