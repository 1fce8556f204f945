'use client'

import { useEffect } from 'react'
import { ErrorState } from '../_ui/error-state.tsx'
import { DeletedStudy, UnknownStudy } from './study-missing.tsx'
import { statisticalSettings } from './study-settings.ts'
import { StudySkeleton } from './study-skeleton.tsx'
import { StudyWorkspace } from './study-workspace.tsx'
import { useStudy } from './use-study.ts'
import { useTableDraft } from './use-table-editor.ts'

/** One study. `reference`: id, or name when unique. */
export function StudyPage({ reference }: { reference: string }) {
  const draft = useTableDraft()
  const state = useStudy(reference, statisticalSettings(draft.overrides))
  const title = state.status === 'ready' ? `${state.data.study.name} · Lossboard` : null
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  switch (state.status) {
    case 'loading':
      return <StudySkeleton />
    case 'unknown':
      return <UnknownStudy reference={reference} />
    case 'deleted':
      return <DeletedStudy name={state.name} project={state.project} />
    case 'failed':
      return <ErrorState title="The study could not be read" error={new Error(state.message)} onRetry={state.retry} />
    case 'ready':
      return (
        <StudyWorkspace key={state.data.study.id} data={state.data} busy={state.busy} problem={state.problem} onRetry={state.retry} draft={draft} />
      )
  }
}
