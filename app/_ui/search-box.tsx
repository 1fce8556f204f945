'use client'

import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { useCommands } from '../_shell/commands.ts'
import { classNames } from './class-names.ts'
import { Input } from './input.tsx'

interface SearchBoxProps {
  value: string
  onChange: (value: string) => void
  /** Name for screen readers and the shortcut sheet. */
  label: string
  placeholder: string
  /** Shown under the field: why the text is no valid pattern. */
  problem?: string | null
  testId?: string
  className?: string
}

/** A search field that `/` moves to; Escape empties it, then leaves it. */
export function SearchBox({ value, onChange, label, placeholder, problem, testId, className }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  useCommands([{ id: `focus-${label}`, label, group: 'View', keys: '/', run: () => input.current?.focus(), keyboardOnly: true }])
  return (
    <div className={classNames('relative w-60 min-w-0', className)}>
      <Search size={13} aria-hidden className="pointer-events-none absolute top-[7.5px] left-2 text-faint" />
      <Input
        ref={input}
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        data-testid={testId}
        title="Press / to get here"
        placeholder={placeholder}
        value={value}
        className={classNames('px-6.5', problem && 'border-danger')}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          if (value !== '') onChange('')
          else input.current?.blur()
        }}
      />
      {value === '' ? null : (
        <button
          type="button"
          aria-label="Clear search"
          className="absolute top-0 right-0 flex h-7 w-6 items-center justify-center text-faint hover:text-text"
          onClick={() => {
            onChange('')
            input.current?.focus()
          }}
        >
          <X size={12} />
        </button>
      )}
      {problem ? (
        <p
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 max-w-80 rounded border border-danger bg-surface-raised px-2 py-1 text-sm text-danger"
        >
          {problem}
        </p>
      ) : null}
    </div>
  )
}
