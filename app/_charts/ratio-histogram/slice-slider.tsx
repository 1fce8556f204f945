'use client'

import { formatCount } from '../../../core/format-number.ts'
import { StepSlider } from '../../_ui/step-slider.tsx'
import type { Slice } from './slices.ts'

/** Moves over the slices; a slice of several records says its first and last step. */
export function SliceSlider({ slices, index, onChange }: { slices: Slice[]; index: number; onChange: (index: number) => void }) {
  const text = (at: number) => {
    const { firstStep = 0, lastStep = 0 } = slices[at] ?? {}
    return firstStep === lastStep ? `step ${formatCount(firstStep)}` : `steps ${formatCount(firstStep)}–${formatCount(lastStep)}`
  }
  return (
    <div className="flex px-3 pb-1">
      <StepSlider
        label="Step of the histogram"
        steps={slices.map((slice) => slice.firstStep)}
        index={index}
        onChange={onChange}
        text={text}
        testId="histogram-step"
      />
    </div>
  )
}
