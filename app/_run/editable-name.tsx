'use client'

import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../_ui/button.tsx'
import { Input } from '../_ui/input.tsx'
import { MiddleText } from '../_ui/middle-text.tsx'

/** The run's name; click the pencil (or double-click the name) to change it in place. Enter saves, Escape leaves it. */
export function EditableName({ name, onSave }: { name: string; onSave: (name: string) => Promise<unknown> }) {
  const [draft, setDraft] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const save = async () => {
    const next = draft?.trim() ?? ''
    if (next === '' || next === name) return setDraft(null)
    setSaving(true)
    await onSave(next).then(
      () => setDraft(null),
      () => undefined,
    )
    setSaving(false)
  }
  if (draft === null)
    return (
      <span className="group flex min-w-0 items-center gap-1">
        <h1 className="flex min-w-0 text-xl font-semibold" data-testid="run-name" onDoubleClick={() => setDraft(name)}>
          <MiddleText text={name} tail={16} />
        </h1>
        <Button look="quiet" size="small-icon" aria-label="Rename run" title="Rename" onClick={() => setDraft(name)}>
          <Pencil size={13} />
        </Button>
      </span>
    )
  return (
    <form
      className="flex min-w-0 flex-1 items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Input
        aria-label="Run name"
        data-testid="run-name-input"
        autoFocus
        maxLength={200}
        disabled={saving}
        value={draft}
        className="max-w-md font-semibold"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
      />
      <Button type="submit" size="medium" look="primary" disabled={saving || draft.trim() === ''}>
        Save
      </Button>
      <Button look="quiet" onClick={() => setDraft(null)}>
        Cancel
      </Button>
    </form>
  )
}
