'use client'

import type { ConfusionMatrixValue } from '../../core/kinds/values.ts'
import { ConfusionMatrixCard } from '../_charts/confusion-matrix/confusion-matrix-card.tsx'
import { ClassScores } from './class-scores.tsx'
import type { RunData } from './run-data.ts'
import { useSteppedRecord } from './use-stepped-record.tsx'

/** A confusion matrix beside what follows from it: scores per class and the worst confusions, all of one step. */
export function ConfusionCards({ data, name }: { data: RunData; name: string }) {
  const { step, slider, ...card } = useSteppedRecord<ConfusionMatrixValue>(data, 'confusion-matrix', name, 'Confusion matrix')
  return (
    <div className="grid grid-cols-1 gap-3 lg:grid-cols-2 [&_[data-testid=chart-card]]:h-full" data-testid="confusion-cards">
      <ConfusionMatrixCard {...card} legend={slider} />
      <ClassScores title={card.title} value={card.value} step={step} />
    </div>
  )
}
