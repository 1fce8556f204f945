'use client'

import { isNoiseless } from '../../core/lead-metrics.ts'
import type { MetricGroup } from '../../core/metric-groups.ts'
import { CardGrid } from '../_ui/card-grid.tsx'
import { Section } from '../_ui/section.tsx'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'

/** Sections that start open hold up to this many cards in all; the rest start folded. */
const OPEN_CARDS = 60

/** Every metric in its section. */
export function MetricSections({ data, groups }: { data: RunData; groups: MetricGroup[] }) {
  let cards = 0
  return groups.map((group) => {
    cards += group.cards.length
    return (
      <Section
        key={group.name}
        title={group.name === '' ? 'Other metrics' : group.name}
        count={group.cards.length}
        startOpen={cards <= OPEN_CARDS}
        testId="metric-section"
      >
        <CardGrid columns={0}>
          {group.cards.map((card) => (
            <MetricChart
              key={card.key}
              data={data}
              names={card.names}
              title={card.title}
              variant={card.names.length > 1 ? 'train-val' : 'line'}
              raw={card.names.every(isNoiseless)}
            />
          ))}
        </CardGrid>
      </Section>
    )
  })
}
