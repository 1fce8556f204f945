'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { formatBytes } from '../../core/format-bytes.ts'
import { formatCount } from '../../core/format-number.ts'
import type { DiagnosedOverview } from '../../core/overview.ts'
import type { Run } from '../../core/run.ts'
import { useTRPC, useTRPCClient } from '../_trpc/trpc.ts'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'
import { removeFromOverview } from './patch-overview.ts'
import { OVERVIEW_KEY } from './use-overview.ts'

export type RunChange = Partial<Pick<Run, 'name' | 'notes' | 'tags' | 'group' | 'archived'>>

export interface RunActions {
  /** Shows the change at once, writes it, takes it back and says so where writing failed. */
  update(runs: readonly Run[], change: (run: Run) => RunChange): Promise<void>
  remove(runs: readonly Run[]): Promise<void>
}

export function useRunActions(): RunActions {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const toast = useToast()
  return useMemo(() => {
    const edit = (change: (overview: DiagnosedOverview) => DiagnosedOverview) =>
      queryClient.setQueriesData<DiagnosedOverview>({ queryKey: OVERVIEW_KEY }, (overview) => overview && change(overview))
    const show = (runs: ReadonlyMap<string, Partial<Run>>) =>
      edit((overview) => ({ ...overview, runs: overview.runs.map((run) => (runs.has(run.id) ? { ...run, ...runs.get(run.id) } : run)) }))

    return {
      async update(runs, change) {
        const changes = new Map(runs.map((run) => [run.id, change(run)]))
        show(changes)
        const results = await Promise.allSettled(runs.map((run) => client.runs.update.mutate({ id: run.id, ...changes.get(run.id) })))
        const failed = runs.filter((_, index) => results[index]?.status === 'rejected')
        // Only what was changed goes back: the run may have logged on in the meantime.
        show(new Map(failed.map((run) => [run.id, pick(run, Object.keys(changes.get(run.id) ?? {}) as (keyof RunChange)[])])))
        for (const run of runs) void queryClient.invalidateQueries(trpc.runs.get.queryFilter({ id: run.id }))
        const reason = results.find((result) => result.status === 'rejected')?.reason
        if (failed.length > 0)
          toast(`${failed.length === 1 ? `"${failed[0]?.name}" was` : `${failed.length} runs were`} not changed: ${errorText(reason)}`, 'danger')
      },

      async remove(runs) {
        const ids = runs.map((run) => run.id)
        try {
          const { removed, freedBytes } = await client.runs.remove.mutate({ ids })
          edit((overview) => removeFromOverview(overview, new Set(ids)))
          toast(`Deleted ${removed === 1 ? `"${runs[0]?.name}"` : `${formatCount(removed)} runs`}; ${formatBytes(freedBytes)} freed.`)
        } catch (error) {
          toast(`Nothing was deleted: ${errorText(error)}`, 'danger')
        }
      },
    }
  }, [client, queryClient, trpc, toast])
}

function pick(run: Run, keys: (keyof RunChange)[]): RunChange {
  return Object.fromEntries(keys.map((key) => [key, run[key]]))
}
