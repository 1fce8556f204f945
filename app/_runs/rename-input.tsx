'use client'

import { useRef } from 'react'

/** The name, being written: Enter or leaving keeps it, Escape does not. */
export function RenameInput({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const done = useRef(false)
  const finish = (value: string | null) => {
    if (done.current) return
    done.current = true
    const trimmed = value?.trim() ?? ''
    onDone(trimmed === '' || trimmed === name ? null : trimmed)
  }
  return (
    <input
      ref={(element) => {
        if (element && document.activeElement !== element) element.select()
      }}
      defaultValue={name}
      maxLength={200}
      aria-label="Run name"
      spellCheck={false}
      data-testid="rename-input"
      className="h-6 min-w-0 flex-1 rounded border border-accent bg-surface-raised px-1.5 outline-none"
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') finish(event.currentTarget.value)
        if (event.key === 'Escape') finish(null)
      }}
    />
  )
}
