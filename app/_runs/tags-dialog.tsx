'use client'

import { Plus, X } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Run } from '../../core/run.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { Input } from '../_ui/input.tsx'
import { changeTags, tagCounts } from './tag-changes.ts'

interface TagsDialogProps {
  /** Empty: closed. */
  runs: Run[]
  /** Every tag in use, for the suggestions. */
  known: readonly string[]
  onClose: () => void
  onSave: (change: (tags: readonly string[]) => string[]) => void
}

/** Adds and removes tags of one or many runs. Tags only some of the runs have stay as they are unless touched. */
export function TagsDialog({ runs, known, onClose, onSave }: TagsDialogProps) {
  return (
    <Dialog open={runs.length > 0} onClose={onClose} title={runs.length === 1 ? `Tags of ${runs[0]?.name}` : `Tags of ${runs.length} runs`}>
      <TagsForm runs={runs} known={known} onClose={onClose} onSave={onSave} />
    </Dialog>
  )
}

function TagsForm({ runs, known, onClose, onSave }: TagsDialogProps) {
  const [added, setAdded] = useState<string[]>([])
  const [removed, setRemoved] = useState<string[]>([])
  const [text, setText] = useState('')
  const counts = tagCounts(runs)
  const shown = [...new Set([...counts.keys(), ...added])].filter((tag) => !removed.includes(tag))
  const typed = text.split(',').flatMap((tag) => tag.trim() || [])
  const add = (tags: string[]) => {
    setAdded([...new Set([...added, ...tags])])
    setRemoved(removed.filter((tag) => !tags.includes(tag)))
    setText('')
  }
  const save = () => {
    onSave(changeTags([...added, ...typed], removed))
    onClose()
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (typed.length > 0) add(typed)
    else save()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3">
      <div className="flex min-h-7 flex-wrap gap-1.5" data-testid="tags-shown">
        {shown.length === 0 ? <span className="text-faint">No tags</span> : null}
        {shown.map((tag) => {
          const count = added.includes(tag) ? runs.length : (counts.get(tag) ?? 0)
          return (
            <span key={tag} className="inline-flex h-6 items-center gap-1 rounded bg-surface-hover pl-2 text-sm">
              {tag}
              {count < runs.length ? (
                <>
                  <span className="num text-xs text-faint">
                    {count} of {runs.length}
                  </span>
                  <TagButton label={`Give ${tag} to all`} onClick={() => add([tag])} icon={<Plus size={12} />} />
                </>
              ) : null}
              <TagButton
                label={`Remove ${tag}`}
                onClick={() => {
                  setRemoved([...removed, tag])
                  setAdded(added.filter((other) => other !== tag))
                }}
                icon={<X size={12} />}
              />
            </span>
          )
        })}
      </div>
      <Input
        value={text}
        onChange={(event) => setText(event.target.value)}
        maxLength={400}
        placeholder="Add a tag, Enter; commas separate"
        aria-label="New tag"
        list="known-tags"
        data-autofocus
      />
      <datalist id="known-tags">
        {known.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" onClick={save} data-testid="save-tags">
          Save
        </Button>
      </div>
    </form>
  )
}

function TagButton({ label, onClick, icon }: { label: string; onClick: () => void; icon: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="flex h-full w-5 items-center justify-center rounded text-faint hover:text-text"
    >
      {icon}
    </button>
  )
}
