'use client'

import { useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import type { Run } from '../../core/run.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'

const NAMES_SHOWN = 6

/** Says what goes and that it does not come back. The size freed is told afterwards, when it is known. */
export function DeleteDialog({ runs, onClose, onDelete }: { runs: Run[]; onClose: () => void; onDelete: () => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  const count = runs.length === 1 ? 'this run' : `${formatCount(runs.length)} runs`
  const running = runs.filter((run) => run.status === 'running').length
  const remove = async () => {
    setBusy(true)
    await onDelete()
    setBusy(false)
    onClose()
  }
  return (
    <Dialog
      open={runs.length > 0}
      onClose={onClose}
      title={`Delete ${count}?`}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button look="danger" disabled={busy} onClick={() => void remove()} data-testid="confirm-delete">
            {busy ? 'Deleting…' : `Delete ${count}`}
          </Button>
        </>
      }
    >
      <p>
        All metrics, histograms, images, texts, console output, config, notes and tags of {count} are removed from the store for good. Files that
        other runs use as well stay.
      </p>
      <ul className="mt-2 list-inside list-disc text-muted">
        {runs.slice(0, NAMES_SHOWN).map((run) => (
          <li key={run.id} className="truncate">
            {run.name} <span className="text-faint">in {run.project}</span>
          </li>
        ))}
        {runs.length > NAMES_SHOWN ? <li>and {formatCount(runs.length - NAMES_SHOWN)} more</li> : null}
      </ul>
      {running > 0 ? (
        <p className="mt-2 text-warning">
          {running === 1 ? 'One of them is' : `${running} of them are`} still running: what {running === 1 ? 'it logs' : 'they log'} from now on is
          lost too.
        </p>
      ) : null}
    </Dialog>
  )
}
