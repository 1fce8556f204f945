'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import type { Run } from '../../core/run.ts'
import { useCommands } from '../_shell/commands.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'

/** Steps through the runs of the project by number, keeping tab and chart settings of the address. */
export function RunNeighbours({ run }: { run: Run }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const router = useRouter()
  const search = useSearchParams()
  const toast = useToast()
  const go = async (direction: -1 | 1) => {
    try {
      const overview = await queryClient.fetchQuery(trpc.runs.overview.queryOptions({ project: run.project, metrics: [] }, { staleTime: 5_000 }))
      const runs = (overview.runs as unknown as Run[]).filter((other) => (other.number - run.number) * direction > 0 && !other.archived)
      const next = runs.sort((a, b) => (a.number - b.number) * direction)[0]
      if (next) router.push(`/runs/${next.id}${search.size > 0 ? `?${search}` : ''}`)
      else toast(`${run.name} is the ${direction < 0 ? 'first' : 'newest'} run of ${run.project}.`)
    } catch (error) {
      toast(errorText(error), 'danger')
    }
  }
  useCommands([
    { id: 'run-previous', label: 'Previous run', group: 'Run', keys: '[', run: () => void go(-1) },
    { id: 'run-next', label: 'Next run', group: 'Run', keys: ']', run: () => void go(1) },
  ])
  return (
    <span className="flex">
      <Button look="quiet" size="icon" aria-label="Previous run" title="Previous run ([)" onClick={() => go(-1)}>
        <ChevronLeft size={15} />
      </Button>
      <Button look="quiet" size="icon" aria-label="Next run" title="Next run (])" onClick={() => go(1)}>
        <ChevronRight size={15} />
      </Button>
    </span>
  )
}
