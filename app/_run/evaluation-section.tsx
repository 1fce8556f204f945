'use client'

import { useMemo } from 'react'
import { naturalCompare } from '../../core/metric-groups.ts'
import { CardGrid } from '../_ui/card-grid.tsx'
import { Section } from '../_ui/section.tsx'
import { WhenNear } from '../_ui/when-near.tsx'
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
          <WhenNear key={name} height={HEIGHT}>
            <ConfusionCards data={data} name={name} />
          </WhenNear>
        ))}
        {curves.length > 0 ? (
          <CardGrid>
            {curves.map((name) => (
              <WhenNear key={name} height={HEIGHT}>
                <PrCurveRecord data={data} name={name} />
              </WhenNear>
            ))}
          </CardGrid>
        ) : null}
      </div>
    </Section>
  )
}
