'use client'

import { Check, CircleAlert, Loader, Redo2, Undo2 } from 'lucide-react'
import { Button } from '../_ui/button.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import type { TableEditor } from './use-table-editor.ts'

/** Where edits go, whether they are saved, and the way back. */
export function EditorBar({ editor, readOnly }: { editor: TableEditor; readOnly: boolean }) {
  const { overridden, ignored } = editor
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1.5 text-sm" data-testid="editor-bar">
      <Segmented
        label="Where changes of the table go"
        value={editor.target}
        onChange={editor.setTarget}
        options={[
          { value: 'study', label: 'Save with the study', title: 'Every change is saved with the study at once' },
          { value: 'address', label: 'Only in the address', title: 'Changes stay in the address of this page: try things, or send a link' },
        ]}
      />
      <Button look="quiet" size="small-icon" aria-label="Undo" title="Undo (Ctrl or ⌘ + Z)" disabled={!editor.undo} onClick={() => editor.undo?.()}>
        <Undo2 size={14} />
      </Button>
      <Button
        look="quiet"
        size="small-icon"
        aria-label="Redo"
        title="Redo (Ctrl or ⌘ + Shift + Z)"
        disabled={!editor.redo}
        onClick={() => editor.redo?.()}
      >
        <Redo2 size={14} />
      </Button>
      {editor.target === 'study' ? (
        <SaveText editor={editor} />
      ) : (
        <span className="flex flex-wrap items-center gap-1.5 text-muted" data-testid="address-settings">
          {readOnly ? 'The store is read-only. ' : ''}
          {overridden.length > 0 ? `The address sets ${overridden.join(', ')}.` : 'As saved with the study.'}
          {overridden.length > 0 && !readOnly ? (
            <Button size="small" onClick={editor.keepAddress}>
              Save with the study
            </Button>
          ) : null}
          {overridden.length > 0 ? (
            <Button size="small" look="quiet" onClick={editor.dropAddress}>
              Drop
            </Button>
          ) : null}
        </span>
      )}
      {ignored.length > 0 ? (
        <span className="text-warning" data-testid="ignored-settings">
          {ignored[0] === 'settings'
            ? 'The settings in the address cannot be read and are ignored.'
            : `Ignored in the address: ${ignored.join(', ')}.`}
        </span>
      ) : null}
    </div>
  )
}

function SaveText({ editor: { save, retrySave } }: { editor: TableEditor }) {
  if (save.kind === 'failed')
    return (
      <span role="alert" className="flex items-center gap-1.5 text-danger" data-testid="save-state">
        <CircleAlert size={13} /> Not saved: {save.message}
        <Button size="small" onClick={retrySave}>
          Try again
        </Button>
      </span>
    )
  return (
    <span role="status" className="flex items-center gap-1 text-faint" data-testid="save-state">
      {save.kind === 'saving' ? <Loader size={12} /> : <Check size={12} className="text-success" />}
      {save.kind === 'saving' ? 'Saving…' : 'Saved'}
    </span>
  )
}
