'use client'

import { Archive, ArchiveRestore, ChartLine, FlaskConical, Tag, Trash2, X } from 'lucide-react'
import Link from 'next/link'
import { formatCount } from '../../core/format-number.ts'
import type { Run } from '../../core/run.ts'
import { Button } from '../_ui/button.tsx'
import { COMPARE_MAX, compareAddress } from './compare-address.ts'
import type { RowHandlers } from './row-handlers.ts'
import { STUDY_MAX } from './use-runs-keys.ts'

/** What can be done with the ticked runs. `hidden` of them do not match the filter. */
export function SelectionBar({ runs, hidden, handlers, onClear }: { runs: Run[]; hidden: number; handlers: RowHandlers; onClear: () => void }) {
  const archived = runs.every((run) => run.archived)
  const { readOnly } = handlers
  const why = readOnly ? 'The store is open read-only' : undefined
  return (
    <div className="flex min-w-0 items-center gap-1.5 overflow-x-auto" data-testid="selection-bar">
      <span className="num mr-1 shrink-0 text-sm">
        <span className="font-medium">{formatCount(runs.length)} selected</span>
        {hidden > 0 ? <span className="text-warning"> ({formatCount(hidden)} not shown)</span> : null}
      </span>
      {runs.length > COMPARE_MAX ? (
        <Button look="primary" disabled title={`At most ${COMPARE_MAX} runs can be compared at once`}>
          <ChartLine size={14} />
          Compare
        </Button>
      ) : (
        <Button look="primary" asChild>
          <Link href={compareAddress(runs)} prefetch={false} data-testid="compare-selected">
            <ChartLine size={14} />
            Compare
          </Link>
        </Button>
      )}
      <Button
        disabled={readOnly || runs.length > STUDY_MAX}
        title={runs.length > STUDY_MAX ? `At most ${STUDY_MAX} runs can be in a study` : (why ?? 'An ablation study of these runs, for a table (s)')}
        onClick={() => handlers.makeStudy(runs)}
        data-testid="make-study-of-selected"
      >
        <FlaskConical size={14} />
        <span className="max-sm:sr-only">Make a study</span>
      </Button>
      <Button disabled={readOnly} title={why} onClick={() => handlers.editTags(runs)}>
        <Tag size={14} />
        <span className="max-sm:sr-only">Tags</span>
      </Button>
      <Button disabled={readOnly} title={why} onClick={() => handlers.setArchived(runs, !archived)}>
        {archived ? <ArchiveRestore size={14} /> : <Archive size={14} />}
        <span className="max-sm:sr-only">{archived ? 'Unarchive' : 'Archive'}</span>
      </Button>
      <Button look="danger" disabled={readOnly} title={why} onClick={() => handlers.remove(runs)} data-testid="delete-selected">
        <Trash2 size={14} />
        <span className="max-sm:sr-only">Delete</span>
      </Button>
      <Button look="quiet" size="icon" aria-label="Clear the selection" title="Clear the selection (Esc)" onClick={onClear}>
        <X size={14} />
      </Button>
    </div>
  )
}
