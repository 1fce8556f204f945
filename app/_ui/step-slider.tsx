'use client'

import { formatCount } from '../../core/format-number.ts'

interface StepSliderProps {
  steps: readonly number[]
  /** Index into `steps`. */
  index: number
  onChange: (index: number) => void
  label: string
  /** What is said of a position; default `step 1,200`. */
  text?: (index: number) => string
  testId?: string
}

/** Moves over the steps that exist, evenly spaced however far apart they are; says which one is shown. A single step needs no slider. */
export function StepSlider({ steps, index, onChange, label, text = (at) => `step ${formatCount(steps[at] ?? 0)}`, testId }: StepSliderProps) {
  if (steps.length < 2) return null
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2 text-sm">
      <span className="sr-only">{label}</span>
      <input
        type="range"
        min={0}
        max={Math.max(0, steps.length - 1)}
        step={1}
        value={index}
        aria-valuetext={text(index)}
        data-testid={testId}
        className="max-w-80 min-w-24 flex-1 accent-accent"
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <span className="num shrink-0 text-muted">
        {text(index)}
        <span className="text-faint">
          {' '}
          ({index + 1} of {steps.length})
        </span>
      </span>
    </label>
  )
}
