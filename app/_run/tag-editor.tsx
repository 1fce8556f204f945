'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../_ui/button.tsx'
import { Input } from '../_ui/input.tsx'

/** Tags with a cross each, and a field to add more: Enter or a comma ends a tag, Backspace in the empty field takes the last away. */
export function TagEditor({ tags, onSave }: { tags: string[]; onSave: (tags: string[]) => Promise<unknown> }) {
  const [draft, setDraft] = useState<string | null>(null)
  const save = (next: string[]) => void onSave(next).catch(() => undefined)
  const add = (text: string) => {
    const fresh = text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !tags.includes(tag))
    if (fresh.length > 0) save([...tags, ...fresh])
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1" data-testid="run-tags">
      {tags.map((tag) => (
        <span key={tag} className="inline-flex h-[20px] max-w-60 items-center rounded bg-surface-hover pl-1.5 text-xs text-muted">
          <span className="truncate" title={tag}>
            {tag}
          </span>
          <button
            type="button"
            aria-label={`Remove tag ${tag}`}
            className="flex h-full w-[18px] shrink-0 items-center justify-center rounded text-faint hover:text-text"
            onClick={() => save(tags.filter((other) => other !== tag))}
          >
            <X size={11} />
          </button>
        </span>
      ))}
      {draft === null ? (
        <Button look="quiet" size="small" className="h-5 px-1.5 text-xs" onClick={() => setDraft('')}>
          <Plus size={11} />
          Tag
        </Button>
      ) : (
        <Input
          aria-label="Add tag"
          data-testid="run-tag-input"
          autoFocus
          maxLength={64}
          className="h-5 w-28 text-xs"
          value={draft}
          onChange={(event) => {
            const text = event.target.value
            if (!text.includes(',')) return setDraft(text)
            add(text)
            setDraft('')
          }}
          onBlur={() => {
            add(draft)
            setDraft(null)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              add(draft)
              setDraft('')
            } else if (event.key === 'Escape') {
              event.stopPropagation()
              setDraft(null)
            } else if (event.key === 'Backspace' && draft === '' && tags.length > 0) save(tags.slice(0, -1))
          }}
        />
      )}
    </div>
  )
}
