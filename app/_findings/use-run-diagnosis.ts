'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Run } from '../../core/run.ts'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPC } from '../_trpc/trpc.ts'

/** While it is being looked at (ms). */
const ASK_AGAIN_MS = 700
/** Least time between two questions about a run that goes on (ms): the server looks at it no oftener. */
const LEAST_PAUSE_MS = 2_000

/** What is wrong with a run, kept current while it goes on. */
export function useRunDiagnosis(run: Run) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const query = useQuery(
    trpc.diagnosis.run.queryOptions({ id: run.id }, { refetchInterval: ({ state }) => (state.data?.isCurrent === false ? ASK_AGAIN_MS : false) }),
  )
  const [stale, setStale] = useState(false)
  useChanges((changes) => {
    const started = changes.runs.length === 0 && changes.removed.length === 0 && changes.findings.length === 0
    const own = [...changes.runs, ...changes.findings].some(({ id }) => id === run.id)
    if (changes.reset || started || own) setStale(true)
  })
  const { isFetching, dataUpdatedAt } = query
  useEffect(() => {
    if (!stale || isFetching) return
    const pause = run.status === 'running' ? Math.max(0, dataUpdatedAt + LEAST_PAUSE_MS - Date.now()) : 0
    const timer = setTimeout(() => {
      setStale(false)
      void queryClient.invalidateQueries(trpc.diagnosis.run.queryFilter({ id: run.id }))
    }, pause)
    return () => clearTimeout(timer)
  }, [stale, isFetching, dataUpdatedAt, run.id, run.status, queryClient, trpc])
  return query
}
