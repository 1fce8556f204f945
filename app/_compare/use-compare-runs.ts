'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Run } from '../../core/run.ts'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPC } from '../_trpc/trpc.ts'

/** More runs than this are not drawn at once; the page says how many it left out. */
export const RUNS_MAX = 500

export interface RunSelection {
  ids: string[]
  project: string | null
  all: boolean
}

export interface CompareRuns {
  runs: Run[]
  /** Names of all metrics with the number of runs that have them. */
  metricNames: { name: string; runs: number }[]
  /** Ids asked for that the store does not have (any more). */
  missing: string[]
  /** Runs matched but left out because there are more than `RUNS_MAX`. */
  leftOut: number
}

/** The runs of a comparison, in the order asked for (ids) or newest first (project, all), kept current. */
export function useCompareRuns({ ids, project, all }: RunSelection) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const filter = all ? { archived: false } : project !== null ? { project, archived: false } : { ids: ids.slice(0, 10_000) }
  const enabled = all || project !== null || ids.length > 0
  const input = { ...filter, metrics: [] }
  const query = useQuery(trpc.runs.overview.queryOptions(input, { enabled }))
  const [stale, setStale] = useState(false)
  const shown = useMemo(() => new Set((query.data?.runs ?? []).map((run) => run.id)), [query.data])
  useChanges((changes) => {
    const touched = changes.runs.some((run) => shown.has(run.id) || ids.includes(run.id) || run.project === project || all)
    const started = (query.data?.rev ?? 0) < changes.rev && changes.runs.length === 0
    if (changes.reset || started || touched || changes.removed.some((id) => shown.has(id))) setStale(true)
  })
  useEffect(() => {
    if (!stale || query.isFetching) return
    setStale(false)
    void queryClient.invalidateQueries(trpc.runs.overview.queryFilter())
  }, [stale, query.isFetching, queryClient, trpc])

  const data = useMemo((): CompareRuns | null => {
    if (!query.data) return null
    const found = query.data.runs as unknown as Run[]
    const byId = new Map(found.map((run) => [run.id, run]))
    const byIds = !all && project === null
    const ordered = byIds
      ? [...new Set(ids)].map((id) => byId.get(id)).filter((run) => run !== undefined)
      : [...found].sort((a, b) => b.startedAt - a.startedAt || b.number - a.number)
    return {
      runs: ordered.slice(0, RUNS_MAX),
      metricNames: query.data.metricNames,
      missing: byIds ? ids.filter((id) => !byId.has(id)) : [],
      leftOut: Math.max(0, ordered.length - RUNS_MAX),
    }
  }, [query.data, ids, project, all])
  return { data, enabled, isPending: enabled && query.isPending, error: query.error, retry: () => void query.refetch() }
}
