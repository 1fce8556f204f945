'use client'

import type { ReactNode } from 'react'
import type { CardState } from '../_charts/chart-card.tsx'
import { StepSlider } from '../_ui/step-slider.tsx'
import { recordCardState } from './record-card-state.ts'
import type { RunData } from './run-data.ts'
import { splitTitle } from './split-title.ts'
import { useRecordAt, useRecordSteps } from './use-record-steps.ts'
import { useStepChoice } from './use-step-choice.ts'

interface SteppedRecord<Value> {
  id: string
  title: string
  /** With run and step, for exported files. */
  fileTitle: string
  value: Value | null
  step: number | undefined
  state: CardState
  /** True while the record of another step is on its way. */
  busy: boolean
  /** Goes through the steps; none where there is but one. */
  slider: ReactNode
}

const NONE: number[] = []

/** What a card of one record per step shows: the newest until a person moves to another. */
export function useSteppedRecord<Value>(data: RunData, kind: string, name: string, kindTitle: string): SteppedRecord<Value> {
  const { steps } = useRecordSteps(data.run.id, kind, data.records, true)
  const own = steps.get(name) ?? NONE
  const { index, choose } = useStepChoice(own)
  const step = own[index]
  const read = useRecordAt<Value>(data.run.id, kind, name, step)
  const title = splitTitle(name, kind, kindTitle)
  return {
    id: `chart-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`,
    title,
    fileTitle: `${title} ${data.run.name} step ${step ?? ''}`,
    value: read.value,
    step,
    state: recordCardState(read, 'Nothing at this step.'),
    busy: read.isStale,
    slider:
      own.length > 1 ? (
        <div className="flex px-3 pb-1">
          <StepSlider label={`Step of ${title}`} steps={own} index={index} onChange={choose} />
        </div>
      ) : undefined,
  }
}
