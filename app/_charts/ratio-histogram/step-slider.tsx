'use client'

import { formatCount } from '../../../core/format-number.ts'
import type { Slice } from './slices.ts'

/** Moves over the slices; says the steps of the one shown. */
export function StepSlider({ slices, index, onChange }: { slices: Slice[]; index: number; onChange: (index: number) => void }) {
  const slice = slices[index]!
  const steps = slice.firstStep === slice.lastStep ? formatCount(slice.firstStep) : `${formatCount(slice.firstStep)}–${formatCount(slice.lastStep)}`
  return (
    <label className="flex items-center gap-2 px-3 pb-1 text-sm text-muted">
      <span>step</span>
      <input
        type="range"
        min={0}
        max={slices.length - 1}
        step={1}
        value={index}
        aria-valuetext={`step ${steps}`}
        onChange={(event) => onChange(Number(event.target.value))}
        className="min-w-24 flex-1 accent-accent"
        data-testid="histogram-step"
      />
      <span className="num w-28 shrink-0 text-right text-text">{steps}</span>
    </label>
  )
}
