import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

interface SegmentedProps<Value extends string> {
  value: Value
  onChange: (value: Value) => void
  options: { value: Value; label: ReactNode; title?: string }[]
  /** Name for screen readers. */
  label: string
}

/** A few exclusive choices side by side. */
export function Segmented<Value extends string>({ value, onChange, options, label }: SegmentedProps<Value>) {
  return (
    <fieldset aria-label={label} className="inline-flex h-7 shrink-0 items-center rounded border border-border-strong bg-surface-raised p-px">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          title={option.title}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={classNames(
            'h-full rounded-sm px-2 text-sm',
            option.value === value ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:text-text',
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
