'use client'

import { useState } from 'react'
import { classNames } from '../_ui/class-names.ts'
import { Input } from '../_ui/input.tsx'

interface NumberInputProps {
  label: string
  value: number | null
  valid: (value: number) => boolean
  /** What a good value is, for the message: `above 0`. */
  hint: string
  /** May be left empty. */
  optional?: boolean
  onSave: (value: number | null) => void
}

/** A number, saved on Enter and when the field is left. Nonsense is not saved, and said. */
export function NumberInput({ label, value, valid, hint, optional = false, onSave }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const shown = draft ?? (value === null ? '' : String(value))
  const number = Number(shown.trim().replace(',', '.'))
  const empty = shown.trim() === ''
  const good = empty ? optional : Number.isFinite(number) && valid(number)
  const save = () => {
    if (draft === null || !good) return
    onSave(empty ? null : number)
    setDraft(null)
  }
  return (
    <span className="flex items-center gap-1.5">
      {good ? null : (
        <span role="alert" className="text-xs text-danger">
          {hint}
        </span>
      )}
      <Input
        aria-label={label}
        aria-invalid={!good}
        inputMode="decimal"
        value={shown}
        className={classNames('num h-6 max-w-20', !good && 'border-danger')}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save()
          if (event.key === 'Escape') setDraft(null)
        }}
      />
    </span>
  )
}
