'use client'

import { useMemo } from 'react'
import type { Run } from '../../core/run.ts'
import { MakeStudyDialog } from '../_study/make-study-dialog.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { NotesDialog } from './notes-dialog.tsx'
import type { TableRow } from './overview-rows.ts'
import { tagCounts } from './tag-changes.ts'
import { TagsDialog } from './tags-dialog.tsx'
import type { RunActions } from './use-run-actions.ts'

export type RunsDialog =
  | { kind: 'tags'; runs: Run[] }
  | { kind: 'notes'; run: Run }
  | { kind: 'delete'; runs: Run[] }
  | { kind: 'study'; runs: Run[] }

const NO_RUNS: Run[] = []

export function RunsDialogs({
  dialog,
  rows,
  actions,
  onClose,
}: {
  dialog: RunsDialog | null
  rows: readonly TableRow[]
  actions: RunActions
  onClose: () => void
}) {
  const known = useMemo(() => (dialog?.kind === 'tags' ? [...tagCounts(rows.map((row) => row.run)).keys()] : []), [dialog, rows])
  const tagged = dialog?.kind === 'tags' ? dialog.runs : NO_RUNS
  const noted = dialog?.kind === 'notes' ? dialog.run : null
  const deleted = dialog?.kind === 'delete' ? dialog.runs : NO_RUNS
  const studied = dialog?.kind === 'study' ? dialog.runs : NO_RUNS
  return (
    <>
      <TagsDialog
        runs={tagged}
        known={known}
        onClose={onClose}
        onSave={(change) => void actions.update(tagged, (run) => ({ tags: change(run.tags) }))}
      />
      <NotesDialog run={noted} onClose={onClose} onSave={(notes) => void (noted && actions.update([noted], () => ({ notes })))} />
      <DeleteDialog runs={deleted} onClose={onClose} onDelete={() => actions.remove(deleted)} />
      <MakeStudyDialog runs={studied} onClose={onClose} />
    </>
  )
}
