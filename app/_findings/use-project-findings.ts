'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import { useEffect, useState } from 'react'
import type { AppRouter } from '../../server/router.ts'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPC } from '../_trpc/trpc.ts'

export type ProjectAnswer = inferRouterOutputs<AppRouter>['diagnosis']['project']
export type ListedFinding = ProjectAnswer['findings'][number]

/** While runs wait to be looked at (ms). */
const ASK_AGAIN_MS = 2_000
/** Least time between two questions (ms): with thousands of runs an answer is large. */
const LEAST_PAUSE_MS = 2_000

/** Everything wrong in the runs of a project (null: of all), kept current. */
export function useProjectFindings(project: string | null) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const query = useQuery(
    trpc.diagnosis.project.queryOptions(project === null ? {} : { project }, {
      refetchInterval: ({ state }) => ((state.data?.unseen ?? 0) > 0 ? ASK_AGAIN_MS : false),
    }),
  )
  const [stale, setStale] = useState(false)
  useChanges((changes) => {
    const started = changes.runs.length === 0 && changes.removed.length === 0 && changes.findings.length === 0
    if (changes.reset || started || changes.findings.length > 0 || changes.removed.length > 0) setStale(true)
  })
  const { isFetching, dataUpdatedAt } = query
  useEffect(() => {
    if (!stale || isFetching) return
    const timer = setTimeout(
      () => {
        setStale(false)
        void queryClient.invalidateQueries(trpc.diagnosis.project.queryFilter())
      },
      Math.max(0, dataUpdatedAt + LEAST_PAUSE_MS - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [stale, isFetching, dataUpdatedAt, queryClient, trpc])
  return query
}
