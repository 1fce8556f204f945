'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import { Select } from '../_charts/select.tsx'
import { useTRPC, useTRPCClient } from '../_trpc/trpc.ts'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'
import { refreshStudies } from './refresh-studies.ts'

/** The baseline, why it is this one, and, for studies made of existing runs, another. */
export function BaselinePicker({ study, result, readOnly }: { study: Study; result: StudyResult; readOnly: boolean }) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const choose = async (baseline: string) => {
    setBusy(true)
    try {
      await client.studies.change.mutate({ id: study.id, baseline })
      refreshStudies(queryClient, trpc.studies.get.queryFilter())
    } catch (error) {
      toast(`The baseline was not changed: ${errorText(error)}`, 'danger')
    } finally {
      setBusy(false)
    }
  }
  const label = result.variants.find(({ key }) => key === study.baseline)?.label ?? 'none'
  const fixed = study.origin === 'declared' || readOnly
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 text-sm text-muted" data-testid="study-baseline" aria-busy={busy}>
      <span>Baseline</span>
      {fixed ? (
        <strong className="font-medium text-text">{label}</strong>
      ) : (
        <Select
          label="Baseline"
          value={study.baseline}
          onChange={(key) => void choose(key)}
          groups={[{ options: result.variants.map((variant) => ({ value: variant.key, label: variant.label })) }]}
          testId="baseline-select"
        />
      )}
      <span className="text-faint">{study.baselineReason}</span>
    </p>
  )
}
