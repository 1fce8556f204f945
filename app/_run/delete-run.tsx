'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { formatBytes } from '../../core/format-bytes.ts'
import type { Run } from '../../core/run.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'

/** Asks before a run and its data are deleted for good; says what goes and, afterwards, how much space came free. */
export function DeleteRunDialog({ run, open, onClose, onDeleted }: { run: Run; open: boolean; onClose: () => void; onDeleted: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const remove = useMutation(
    trpc.runs.remove.mutationOptions({
      onSuccess: ({ freedBytes }) => {
        toast(`Deleted ${run.name}: ${formatBytes(freedBytes)} freed.`)
        onDeleted()
        void queryClient.invalidateQueries(trpc.runs.overview.pathFilter())
        void queryClient.invalidateQueries(trpc.projects.list.queryFilter())
      },
      onError: (error) => toast(`Not deleted: ${errorText(error)}`, 'danger'),
    }),
  )
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Delete this run?"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" disabled={remove.isPending} data-testid="confirm-delete" onClick={() => remove.mutate({ ids: [run.id] })}>
            {remove.isPending ? 'Deleting…' : 'Delete for good'}
          </Button>
        </>
      }
    >
      <p className="break-words">
        <strong className="font-semibold">{run.name}</strong> with all its metrics, images, console output and notes. This cannot be undone.
      </p>
      {run.status === 'running' ? (
        <p className="mt-2 text-warning">It is still running: what it logs from now on is lost as well. Archiving hides a run without deleting it.</p>
      ) : null}
    </Dialog>
  )
}
