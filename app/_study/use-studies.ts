'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPC } from '../_trpc/trpc.ts'

/** Counts of running and finished runs change with every run; asking more often than this helps nobody (ms). */
const LEAST_PAUSE_MS = 1_000

/** All studies of the store (or a project), newest change first, kept current. */
export function useStudies(project: string | null) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const query = useQuery(trpc.studies.list.queryOptions(project === null ? undefined : { project }))
  const [stale, setStale] = useState(false)
  useChanges((changes) => {
    const started = changes.runs.length === 0 && changes.removed.length === 0
    const touched = changes.studies.length > 0 || changes.removedStudies.length > 0 || changes.removed.length > 0
    if (changes.reset || started || touched || (query.data?.length ?? 0) > 0) setStale(true)
  })
  const { isFetching, dataUpdatedAt } = query
  useEffect(() => {
    if (!stale || isFetching) return
    const wait = Math.max(0, dataUpdatedAt + LEAST_PAUSE_MS - Date.now())
    const timer = setTimeout(() => {
      setStale(false)
      void queryClient.invalidateQueries(trpc.studies.list.queryFilter())
    }, wait)
    return () => clearTimeout(timer)
  }, [stale, isFetching, dataUpdatedAt, queryClient, trpc])
  return query
}
