'use client'

import type { PrCurveValue } from '../../core/kinds/values.ts'
import { PrCurveCard } from '../_charts/pr-curve/pr-curve-card.tsx'
import { StepSlider } from '../_ui/step-slider.tsx'
import { recordCardState } from './record-card-state.ts'
import type { RunData } from './run-data.ts'
import { splitTitle } from './split-title.ts'
import { useRecordAt, useRecordSteps } from './use-record-steps.ts'
import { useStepChoice } from './use-step-choice.ts'

const NONE: number[] = []

/** Precision-recall curves of one name, step by step. */
export function PrCurveRecord({ data, name }: { data: RunData; name: string }) {
  const { steps } = useRecordSteps(data.run.id, 'pr-curve', data.records, true)
  const own = steps.get(name) ?? NONE
  const { index, choose } = useStepChoice(own)
  const read = useRecordAt<PrCurveValue>(data.run.id, 'pr-curve', name, own[index])
  const title = splitTitle(name, 'pr-curve', 'Precision-recall curve')
  return (
    <PrCurveCard
      id={`chart-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`}
      title={title}
      fileTitle={`${title} ${data.run.name} step ${own[index] ?? ''}`}
      value={read.value}
      state={recordCardState(read, 'No curve at this step.')}
      busy={read.isStale}
      slider={
        own.length > 1 ? (
          <div className="flex px-3 pb-1">
            <StepSlider label={`Step of ${title}`} steps={own} index={index} onChange={choose} />
          </div>
        ) : undefined
      }
    />
  )
}
