'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { TRPCClientError } from '@trpc/client'
import { useEffect, useState } from 'react'
import { useChanges } from '../_trpc/live.tsx'
import { useTRPC } from '../_trpc/trpc.ts'
import { type RunData, readRun } from './run-data.ts'

export type RunState =
  | { status: 'loading' }
  | { status: 'ready'; data: RunData; retrying: boolean }
  /** No such run. */
  | { status: 'unknown' }
  /** It was shown on this page and is gone now. */
  | { status: 'deleted'; name: string; project: string }
  | { status: 'failed'; message: string; retry: () => void }

/** No id or name is longer; the server refuses to look for more. */
const REFERENCE_MAX = 300

/** One run, kept current by the live feed. `reference`: id, name or #number. */
export function useRun(reference: string): RunState {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const query = useQuery(trpc.runs.get.queryOptions({ id: reference }, { select: readRun, enabled: reference.length <= REFERENCE_MAX }))
  const [stale, setStale] = useState(false)
  const [removedId, setRemovedId] = useState<string | null>(null)
  const id = query.data?.run.id

  useChanges((changes) => {
    if (id !== undefined && changes.removed.includes(id)) setRemovedId(id)
    // An empty report is the start of the stream: what was read before it may already be old.
    const started = changes.runs.length === 0 && changes.removed.length === 0
    if (changes.reset || started || (id !== undefined && changes.runs.some((run) => run.id === id))) setStale(true)
  })
  // One read at a time: what changes meanwhile is read by the next one.
  useEffect(() => {
    if (!stale || query.isFetching) return
    setStale(false)
    void queryClient.invalidateQueries(trpc.runs.get.queryFilter({ id: reference }))
  }, [stale, query.isFetching, queryClient, trpc, reference])

  if (reference.length > REFERENCE_MAX) return { status: 'unknown' }
  const unknown = isNotFound(query.error)
  if (query.data && (removedId === query.data.run.id || unknown))
    return { status: 'deleted', name: query.data.run.name, project: query.data.run.project }
  if (unknown) return { status: 'unknown' }
  if (query.data) return { status: 'ready', data: query.data, retrying: query.isError || query.failureCount > 0 }
  if (query.isError) return { status: 'failed', message: query.error.message, retry: () => void query.refetch() }
  return { status: 'loading' }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof TRPCClientError && (error.data as { code?: string } | null | undefined)?.code === 'NOT_FOUND'
}
