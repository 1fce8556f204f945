'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../_trpc/trpc.ts'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'

/** Changes what a person may change about a run; a refusal is shown and the old value stays. */
export function useRunUpdate(id: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const toast = useToast()
  const mutation = useMutation(
    trpc.runs.update.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.runs.pathFilter()),
      onError: (error) => toast(`Not saved: ${errorText(error)}`, 'danger'),
    }),
  )
  return {
    pending: mutation.isPending,
    update: (patch: { name?: string; notes?: string; tags?: string[]; archived?: boolean }) => mutation.mutateAsync({ id, ...patch }),
  }
}
