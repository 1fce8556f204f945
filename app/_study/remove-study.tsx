'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'

interface RemoveStudyProps {
  /** Null: closed. */
  study: { id: string; name: string; project: string } | null
  onClose: () => void
  onRemoved?: () => void
}

/** Asks before a study is forgotten; its runs stay. */
export function RemoveStudy({ study, onClose, onRemoved }: RemoveStudyProps) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    if (!study) return
    setBusy(true)
    try {
      await client.studies.remove.mutate({ id: study.id })
      void queryClient.invalidateQueries(trpc.studies.list.queryFilter())
      toast(`Removed the study "${study.name}".`)
      onClose()
      onRemoved?.()
    } catch (error) {
      toast(`The study was not removed: ${errorText(error)}`, 'danger')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={study !== null}
      onClose={onClose}
      title="Remove this study?"
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button look="danger" disabled={busy} onClick={() => void remove()} data-testid="confirm-remove-study">
            {busy ? 'Removing…' : 'Remove the study'}
          </Button>
        </>
      }
    >
      <p className="break-words">
        <strong className="font-semibold">{study?.name}</strong> of {study?.project}: its definition, labels and table settings are forgotten for
        good. Its runs stay.
      </p>
    </Dialog>
  )
}
