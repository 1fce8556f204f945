'use client'

import type { ConfusionMatrixValue } from '../../core/kinds/values.ts'
import { ConfusionMatrixCard } from '../_charts/confusion-matrix/confusion-matrix-card.tsx'
import { StepSlider } from '../_ui/step-slider.tsx'
import { ClassScores } from './class-scores.tsx'
import { recordCardState } from './record-card-state.ts'
import type { RunData } from './run-data.ts'
import { splitTitle } from './split-title.ts'
import { useRecordAt, useRecordSteps } from './use-record-steps.ts'
import { useStepChoice } from './use-step-choice.ts'

const NONE: number[] = []

/** A confusion matrix beside what follows from it: scores per class and the worst confusions, all of one step. */
export function ConfusionCards({ data, name }: { data: RunData; name: string }) {
  const { steps } = useRecordSteps(data.run.id, 'confusion-matrix', data.records, true)
  const own = steps.get(name) ?? NONE
  const { index, choose } = useStepChoice(own)
  const read = useRecordAt<ConfusionMatrixValue>(data.run.id, 'confusion-matrix', name, own[index])
  const title = splitTitle(name, 'confusion-matrix', 'Confusion matrix')
  return (
    <div className="grid grid-cols-1 gap-3 lg:grid-cols-2 [&_[data-testid=chart-card]]:h-full" data-testid="confusion-cards">
      <ConfusionMatrixCard
        id={`chart-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`}
        title={title}
        fileTitle={`${title} ${data.run.name} step ${own[index] ?? ''}`}
        value={read.value}
        state={recordCardState(read, 'No matrix at this step.')}
        busy={read.isStale}
        legend={
          own.length > 1 ? (
            <div className="flex px-3 pb-1">
              <StepSlider label={`Step of ${title}`} steps={own} index={index} onChange={choose} />
            </div>
          ) : undefined
        }
      />
      <ClassScores title={title} value={read.value} step={own[index]} />
    </div>
  )
}
