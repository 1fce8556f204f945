'use client'

import { useState } from 'react'
import type { Run } from '../../core/run.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { Textarea } from '../_ui/input.tsx'

export function NotesDialog({ run, onClose, onSave }: { run: Run | null; onClose: () => void; onSave: (notes: string) => void }) {
  return (
    <Dialog open={run !== null} onClose={onClose} title={`Notes of ${run?.name ?? ''}`} width="w-[560px]">
      {run ? <NotesForm notes={run.notes} onClose={onClose} onSave={onSave} /> : null}
    </Dialog>
  )
}

function NotesForm({ notes, onClose, onSave }: { notes: string; onClose: () => void; onSave: (notes: string) => void }) {
  const [text, setText] = useState(notes)
  const save = () => {
    if (text !== notes) onSave(text)
    onClose()
  }
  return (
    <div className="flex flex-col gap-3">
      <Textarea
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={100_000}
        rows={8}
        aria-label="Notes"
        data-autofocus
        onKeyDown={(event) => event.key === 'Enter' && (event.metaKey || event.ctrlKey) && save()}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" onClick={save} data-testid="save-notes">
          Save
        </Button>
      </div>
    </div>
  )
}
