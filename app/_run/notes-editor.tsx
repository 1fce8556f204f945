'use client'

import { useState } from 'react'
import { Button } from '../_ui/button.tsx'
import { Textarea } from '../_ui/input.tsx'

/** Plain notes of several lines. What is typed stays until it is saved or cancelled, whatever the run does meanwhile. */
export function NotesEditor({ notes, onSave }: { notes: string; onSave: (notes: string) => Promise<unknown> }) {
  const [draft, setDraft] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const save = async () => {
    if (draft === null || draft === notes) return setDraft(null)
    setSaving(true)
    await onSave(draft).then(
      () => setDraft(null),
      () => undefined,
    )
    setSaving(false)
  }
  if (draft === null)
    return (
      <button
        type="button"
        data-testid="run-notes"
        className="max-h-40 max-w-full overflow-y-auto rounded text-left text-sm leading-5 break-words whitespace-pre-wrap text-muted hover:text-text"
        title="Edit notes"
        onClick={() => setDraft(notes)}
      >
        {notes === '' ? <span className="text-faint">Add notes…</span> : notes}
      </button>
    )
  return (
    <div className="flex w-full max-w-2xl flex-col gap-1.5">
      <Textarea
        aria-label="Notes"
        data-testid="run-notes-input"
        autoFocus
        maxLength={100_000}
        disabled={saving}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && draft === notes) setDraft(null)
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save()
        }}
      />
      <div className="flex items-center gap-1.5">
        <Button size="small" look="primary" disabled={saving} onClick={save}>
          Save notes
        </Button>
        <Button size="small" look="quiet" onClick={() => setDraft(null)}>
          Cancel
        </Button>
        <span className="text-xs text-faint">Ctrl+Enter saves</span>
      </div>
    </div>
  )
}
