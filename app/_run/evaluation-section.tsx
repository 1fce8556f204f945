'use client'

import { useMemo } from 'react'
import { naturalCompare } from '../../core/metric-groups.ts'
import { CardGrid } from '../_ui/card-grid.tsx'
import { LazyCard } from '../_ui/lazy-card.tsx'
import { Section } from '../_ui/section.tsx'
import { ConfusionCards } from './confusion-cards.tsx'
import { PrCurveRecord } from './pr-curve-record.tsx'
import type { RunData } from './run-data.ts'

const HEIGHT = 560

/** Which classes are told apart: confusion matrices and precision-recall curves of each split. */
export function EvaluationSection({ data }: { data: RunData }) {
  const namesOf = (kind: string) =>
    data.records
      .filter((record) => record.kind === kind)
      .map((record) => record.name)
      .sort(naturalCompare)
  const key = JSON.stringify([namesOf('confusion-matrix'), namesOf('pr-curve')])
  const [matrices, curves] = useMemo(() => JSON.parse(key) as [string[], string[]], [key])
  if (matrices.length + curves.length === 0) return null
  return (
    <Section title="Evaluation" testId="evaluation" note="by class">
      <div className="flex flex-col gap-3">
        {matrices.map((name) => (
          <LazyCard key={name} height={HEIGHT} label={name}>
            <ConfusionCards data={data} name={name} />
          </LazyCard>
        ))}
        {curves.length > 0 ? (
          <CardGrid>
            {curves.map((name) => (
              <LazyCard key={name} height={HEIGHT} label={name}>
                <PrCurveRecord data={data} name={name} />
              </LazyCard>
            ))}
          </CardGrid>
        ) : null}
      </div>
    </Section>
  )
}
