'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'

/** Takes a muting back. */
export function UnmuteButton({ id, readOnly }: { id: string; readOnly: boolean }) {
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const toast = useToast()
  const mutation = useMutation(
    trpc.diagnosis.unmute.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.diagnosis.pathFilter()),
      onError: (error) => toast(errorText(error), 'danger'),
    }),
  )
  return (
    <Button
      look="quiet"
      size="small"
      disabled={readOnly || mutation.isPending}
      title={readOnly ? 'The store is open read-only' : undefined}
      onClick={() => mutation.mutate({ id })}
    >
      Unmute
    </Button>
  )
}
