'use client'

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import type { DiagnosedOverview } from '../../core/overview.ts'
import { unpack } from '../../core/wire.ts'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPCClient } from '../_trpc/trpc.ts'
import { patchOverview, removeFromOverview } from './patch-overview.ts'

/** Above this many changed runs one full answer costs less than finding them one by one. */
const PATCH_MAX = 500

/** Key of every cached overview, for optimistic changes. */
export const OVERVIEW_KEY = ['runs-overview'] as const

/** The runs of a project (null: of all) with the figures of `metrics`, kept up to date run by run while writers write. */
export function useOverview(project: string | null, archived: boolean, metrics: readonly string[]) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const names = useMemo(() => [...metrics].sort(), [metrics])
  const queryKey = useMemo(() => [...OVERVIEW_KEY, project, archived, names], [project, archived, names])
  const filter = useMemo(() => ({ ...(project === null ? {} : { project }), ...(archived ? {} : { archived: false }) }), [project, archived])
  const seenRev = useRef(0)

  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const read = async () => unpack<DiagnosedOverview>(await client.runs.overview.query({ ...filter, metrics: names }, { signal }))
      const overview = await read()
      // Something changed while the answer was on its way: it would take back what a patch already showed.
      return overview.rev < seenRev.current ? read() : overview
    },
    // Patched while shown; once out of sight it grows old and is read again when it comes back.
    staleTime: 0,
    // Another set of columns of the same runs: go on showing the ones at hand. Another project's runs would be a lie.
    placeholderData: (previous, before) => (before?.queryKey[1] === project ? keepPreviousData(previous) : undefined),
    structuralSharing: false,
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new query starts with nothing pending
  const pending = useMemo(() => ({ ids: new Set<string>(), busy: false }), [queryKey])
  const readChanged = useCallback(async () => {
    const current = pending
    if (current.busy) return
    current.busy = true
    try {
      while (current.ids.size > 0) {
        const ids = current.ids
        current.ids = new Set()
        if (ids.size > PATCH_MAX) {
          await queryClient.invalidateQueries({ queryKey })
          continue
        }
        const part = unpack<DiagnosedOverview>(await client.runs.overview.query({ ...filter, ids: [...ids], metrics: names }))
        queryClient.setQueryData<DiagnosedOverview>(queryKey, (overview) => overview && patchOverview(overview, part, ids))
      }
    } catch {
      // The connection broke in between: the next answer must be a whole one.
      await queryClient.invalidateQueries({ queryKey })
    } finally {
      current.busy = false
    }
  }, [client, queryClient, queryKey, filter, names, pending])

  useChanges((changes) => {
    seenRev.current = changes.reset ? changes.rev : Math.max(seenRev.current, changes.rev)
    const overview = queryClient.getQueryData<DiagnosedOverview>(queryKey)
    if (changes.reset || (overview && changes.startRev !== null && overview.rev < changes.startRev)) {
      void queryClient.invalidateQueries({ queryKey })
      return
    }
    if (overview && changes.removed.length > 0)
      queryClient.setQueryData<DiagnosedOverview>(queryKey, removeFromOverview(overview, new Set(changes.removed)))
    for (const run of changes.runs) if (project === null || run.project === project) pending.ids.add(run.id)
    for (const run of changes.findings) if (project === null || run.project === project) pending.ids.add(run.id)
    if (overview) void readChanged()
  })

  return query
}
