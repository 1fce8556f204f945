'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Run } from '../../core/run.ts'
import { useTRPCClient } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { Dialog } from '../_ui/dialog.tsx'
import { errorText } from '../_ui/error-text.ts'
import { MakeStudyForm } from './make-study-form.tsx'
import { useMakeStudy } from './use-make-study.ts'

/** Makes a study of runs that exist. No runs: closed. */
export function MakeStudyDialog({ runs, onClose }: { runs: readonly Run[]; onClose: () => void }) {
  if (runs.length === 0) return null
  return <OpenDialog runs={runs} onClose={onClose} />
}

function OpenDialog({ runs, onClose }: { runs: readonly Run[]; onClose: () => void }) {
  const client = useTRPCClient()
  const router = useRouter()
  const making = useMakeStudy(runs)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const create = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const study = await client.studies.create.mutate({ ...making.input, name: making.name.trim() })
      onClose()
      router.push(`/ablations/${study.id}`)
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }
  const ready = making.name.trim() !== '' && making.metrics.length > 0 && making.preview !== undefined && !making.previewError
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Make a study of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`}
      width="w-[880px]"
      actions={
        <>
          {problem ? (
            <p role="alert" className="mr-auto min-w-0 self-center text-sm break-words text-danger">
              {problem}
            </p>
          ) : null}
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!ready || busy} onClick={() => void create()} data-testid="create-study">
            {busy ? 'Making…' : 'Make the study'}
          </Button>
        </>
      }
    >
      <MakeStudyForm making={making} runs={runs.length} />
    </Dialog>
  )
}
