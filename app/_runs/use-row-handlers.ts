'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef } from 'react'
import { useToast } from '../_ui/toast.tsx'
import { compareAddress } from './compare-address.ts'
import type { RowHandlers } from './row-handlers.ts'
import type { RunsDialog } from './runs-dialogs.tsx'
import type { RunActions } from './use-run-actions.ts'
import type { Selection } from './use-selection.ts'

interface Sources {
  selection: Selection
  actions: RunActions
  readOnly: boolean
  /** See `View`. */
  settle: () => Promise<unknown>
  onToggleGroup: (key: string) => void
  /** Id of the run whose name is being written; null: none. */
  onRename: (id: string | null) => void
  onDialog: (dialog: RunsDialog) => void
}

/** One object that never changes, so that lines are drawn again only for reasons of their own; it looks its sources up when called. */
export function useRowHandlers(sources: Sources): RowHandlers {
  const latest = useRef(sources)
  useEffect(() => {
    latest.current = sources
  })
  const router = useRouter()
  const toast = useToast()
  const { readOnly } = sources
  return useMemo(
    () => ({
      readOnly,
      activate: (index) => latest.current.selection.setActive(index),
      select: (item, range) => (range ? latest.current.selection.toggleRange(item) : latest.current.selection.toggle(item)),
      toggleGroup: (key) => latest.current.onToggleGroup(key),
      rename: (run) => latest.current.onRename(run.id),
      renamed: (run, name) => {
        latest.current.onRename(null)
        if (name !== null) void latest.current.actions.update([run], () => ({ name }))
        document.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
      },
      editTags: (runs) => latest.current.onDialog({ kind: 'tags', runs }),
      editNotes: (run) => latest.current.onDialog({ kind: 'notes', run }),
      setArchived: (runs, archived) => {
        void latest.current.actions.update(runs, () => ({ archived }))
        toast(`${archived ? 'Archived' : 'Unarchived'} ${runs.length === 1 ? `"${runs[0]?.name}"` : `${runs.length} runs`}.`)
      },
      makeStudy: (runs) => latest.current.onDialog({ kind: 'study', runs }),
      remove: (runs) => latest.current.onDialog({ kind: 'delete', runs }),
      copyId: (run) =>
        void navigator.clipboard.writeText(run.id).then(
          () => toast(`Copied ${run.id}`),
          () => toast(`The browser refused to copy. The id is ${run.id}`, 'danger'),
        ),
      open: (run) => void latest.current.settle().then(() => router.push(`/runs/${run.id}`)),
      compare: (runs) => void latest.current.settle().then(() => router.push(compareAddress(runs))),
    }),
    [readOnly, router, toast],
  )
}
