'use client'

import { ArrowDown, ArrowUp, Eye, EyeOff, GripVertical } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { Badge } from '../_ui/badge.tsx'
import { Button } from '../_ui/button.tsx'
import { classNames } from '../_ui/class-names.ts'
import { Input } from '../_ui/input.tsx'
import type { EditorRow } from './edit-rows.ts'

interface RowLineProps {
  row: EditorRow
  /** Label without any override. */
  own: string
  groups: readonly string[]
  /** Another row is being dragged over this one. */
  over: boolean
  onMove: (key: string, by: number) => void
  onHide: (key: string) => void
  onRename: (key: string, label: string) => void
  onGroup: (key: string, group: number | null) => void
  onDrag: (key: string | null) => void
  onOver: (key: string | null) => void
  onDrop: (key: string) => void
}

/** One row of the table in the editor. The grip drags it and takes the arrow keys. */
export const RowLine = memo(function RowLine({ row, own, groups, over, onMove, onHide, onRename, onGroup, onDrag, onOver, onDrop }: RowLineProps) {
  const { key, label, hidden } = row
  return (
    <li
      className={classNames('flex h-7 items-center gap-0.5 rounded px-1', over && 'bg-accent-soft')}
      onDragOver={(event) => {
        event.preventDefault()
        onOver(key)
      }}
      onDrop={(event) => {
        event.preventDefault()
        onDrop(key)
      }}
      data-row={key}
    >
      <button
        type="button"
        draggable
        data-handle={key}
        className="flex h-6 w-4 shrink-0 cursor-grab items-center justify-center rounded text-faint hover:text-text"
        aria-label={`Move ${label}: arrow keys`}
        title="Drag, or arrow keys"
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', label)
          onDrag(key)
        }}
        onDragEnd={() => {
          onDrag(null)
          onOver(null)
        }}
        onKeyDown={(event) => {
          const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
          if (by === undefined) return
          event.preventDefault()
          event.stopPropagation()
          onMove(key, by)
        }}
      >
        <GripVertical size={12} />
      </button>
      <LabelInput label={label} own={own} faded={hidden} onSave={(text) => onRename(key, text)} />
      {row.isBaseline ? <Badge className="shrink-0">baseline</Badge> : null}
      {groups.length > 0 ? (
        <select
          aria-label={`Group of ${label}`}
          value={row.group ?? ''}
          onChange={(event) => onGroup(key, event.target.value === '' ? null : Number(event.target.value))}
          className="h-6 w-16 shrink-0 truncate rounded border border-border-strong bg-surface-raised text-xs"
        >
          <option value="">–</option>
          {groups.map((title, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups are known by their place
            <option key={at} value={at}>
              {title}
            </option>
          ))}
        </select>
      ) : null}
      <Button look="quiet" size="tiny-icon" aria-label={`Move ${label} up`} title="Up" disabled={!row.up} onClick={() => onMove(key, -1)}>
        <ArrowUp size={12} />
      </Button>
      <Button look="quiet" size="tiny-icon" aria-label={`Move ${label} down`} title="Down" disabled={!row.down} onClick={() => onMove(key, 1)}>
        <ArrowDown size={12} />
      </Button>
      <Button
        look="quiet"
        size="tiny-icon"
        aria-pressed={hidden}
        aria-label={`Hide ${label}`}
        title={hidden ? 'Show this row' : 'Hide this row; a footnote says so'}
        onClick={() => onHide(key)}
      >
        {hidden ? <EyeOff size={12} /> : <Eye size={12} />}
      </Button>
    </li>
  )
})

/** Saved on Enter and when it is left; empty: the label made from the configs. Escape puts it back. */
function LabelInput({ label, own, faded, onSave }: { label: string; own: string; faded: boolean; onSave: (text: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null)
  // Another tab may have renamed it while nobody types here.
  useEffect(() => {
    if (draft === label) setDraft(null)
  }, [draft, label])
  const save = () => {
    if (draft === null) return
    if (draft.trim() !== label) onSave(draft)
    setDraft(null)
  }
  return (
    <Input
      aria-label={`Label of ${own}`}
      value={draft ?? label}
      placeholder={own}
      title={label === own ? label : `${label} (was ${own})`}
      maxLength={1000}
      className={classNames(
        'h-6 min-w-0 flex-1 border-transparent bg-transparent px-1 hover:border-border-strong',
        faded && 'text-faint line-through',
      )}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}
