'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { Checkbox } from '../_ui/checkbox.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Input } from '../_ui/input.tsx'
import { Segmented } from '../_ui/segmented.tsx'

/** What is to be muted, and where it was found. */
export interface ToMute {
  rule: string
  title: string
  subjects: string[]
  run: { id: string; name: string; project: string }
}

/** Asks why a finding needs no attention, and for which runs. */
export function MuteDialog({ finding, onClose }: { finding: ToMute | null; onClose: () => void }) {
  return (
    <Dialog open={finding !== null} onClose={onClose} title={`Mute “${finding?.title ?? ''}”`} width="w-[480px]">
      {finding ? <MuteForm finding={finding} onClose={onClose} /> : null}
    </Dialog>
  )
}

function MuteForm({ finding: { rule, subjects, run }, onClose }: { finding: ToMute; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [everywhere, setEverywhere] = useState(false)
  const [onlyThese, setOnlyThese] = useState(false)
  const id = useId()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const mutation = useMutation(
    trpc.diagnosis.mute.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.diagnosis.pathFilter())
        onClose()
      },
    }),
  )
  const save = () =>
    mutation.mutate({ project: run.project, runId: everywhere ? null : run.id, rule, subjects: onlyThese ? subjects : null, reason: reason.trim() })
  return (
    <form
      className="flex flex-col gap-3 text-sm"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') save()
      }}
    >
      <p className="text-muted">
        It stays listed with your reason, and counts for nothing: not in the runs table, not in the exit code of lossboard diagnose.
      </p>
      <label htmlFor={id} className="flex flex-col gap-1">
        Why it needs no attention
        <Input
          id={id}
          value={reason}
          maxLength={1000}
          placeholder="for example: noisy labels, meant to be so"
          data-autofocus
          data-testid="mute-reason"
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      <div className="self-start">
        <Segmented
          label="Where it is muted"
          value={everywhere ? 'project' : 'run'}
          onChange={(where) => setEverywhere(where === 'project')}
          options={[
            { value: 'run', label: 'In this run' },
            { value: 'project', label: `In every run of ${run.project.length > 24 ? 'the project' : run.project}` },
          ]}
        />
      </div>
      {subjects.length > 0 ? (
        <label htmlFor={`${id}-these`} className="flex items-start gap-2">
          <Checkbox id={`${id}-these`} checked={onlyThese} onChange={() => setOnlyThese(!onlyThese)} />
          <span className="[overflow-wrap:anywhere]">only while it is about {subjects.join(', ')}</span>
        </label>
      ) : null}
      {mutation.error ? (
        <p role="alert" className="text-danger">
          {errorText(mutation.error)}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={reason.trim() === '' || mutation.isPending} data-testid="mute-save">
          Mute
        </Button>
      </div>
    </form>
  )
}
