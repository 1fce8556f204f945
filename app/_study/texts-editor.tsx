'use client'

import { Plus, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import { buildTable } from '../../core/table/build-table.ts'
import { generatedCaption } from '../../core/table/caption.ts'
import { Button } from '../_ui/button.tsx'
import { Input, Textarea } from '../_ui/input.tsx'
import type { EditorPart } from './settings-change.ts'

/** Caption, label and further footnotes. */
export function TextsEditor({ study, result, settings, change }: EditorPart & { study: Study; result: StudyResult }) {
  const made = generatedCaption(study, result, settings)
  const label = buildTable(study, result, { ...settings, label: null }).label
  return (
    <div className="flex flex-col gap-2">
      <EditableText name="Caption" value={settings.caption} made={made} rows={6} onSave={(caption) => change({ caption })} />
      <EditableText name="Label" value={settings.label} made={label} rows={1} onSave={(text) => change({ label: text })} />
      <div className="flex flex-col gap-1">
        <span className="text-muted">Footnotes of your own</span>
        {settings.footnotes.map((footnote, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes are known by their place
          <div key={at} className="flex items-start gap-1">
            <DraftText
              label={`Footnote ${at + 1}`}
              value={footnote}
              rows={2}
              onSave={(text) => change({ footnotes: settings.footnotes.with(at, text) })}
            />
            <Button
              look="quiet"
              size="tiny-icon"
              aria-label={`Remove footnote ${at + 1}`}
              onClick={() => change({ footnotes: settings.footnotes.filter((_, other) => other !== at) })}
            >
              <X size={12} />
            </Button>
          </div>
        ))}
        <Button look="quiet" size="small" className="self-start" onClick={() => change({ footnotes: [...settings.footnotes, 'Note.'] })}>
          <Plus size={12} />
          Footnote
        </Button>
        <p className="text-xs text-faint">Warnings that readers must know become footnotes by themselves.</p>
      </div>
    </div>
  )
}

interface EditableTextProps {
  name: string
  /** null: generated. */
  value: string | null
  made: string
  rows: number
  onSave: (text: string | null) => void
}

function EditableText({ name, value, made, rows, onSave }: EditableTextProps) {
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center justify-between">
        <span className="text-muted">
          {name} {value === null ? <span className="text-faint">(generated)</span> : null}
        </span>
        {value === null ? null : (
          <Button look="quiet" size="small" onClick={() => onSave(null)}>
            <RotateCcw size={12} />
            Generate
          </Button>
        )}
      </span>
      <DraftText label={name} value={value ?? made} rows={rows} onSave={(text) => onSave(text.trim() === '' || text === made ? null : text)} />
    </div>
  )
}

/** Saved when it is left; Escape puts it back. */
function DraftText({ label, value, rows, onSave }: { label: string; value: string; rows: number; onSave: (text: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null)
  const Field = rows === 1 ? Input : Textarea
  return (
    <Field
      aria-label={label}
      {...(rows > 1 && { rows })}
      value={draft ?? value}
      maxLength={rows === 1 ? 200 : 10_000}
      className={rows === 1 ? 'font-mono text-xs' : 'resize-y text-sm leading-4'}
      onChange={(event: { target: { value: string } }) => setDraft(event.target.value)}
      onBlur={() => {
        if (draft !== null && draft !== value) onSave(draft)
        setDraft(null)
      }}
      onKeyDown={(event: { key: string }) => event.key === 'Escape' && setDraft(null)}
    />
  )
}
