'use client'

import { useCallback, useEffect, useRef } from 'react'
import { useChanges } from '../_trpc/live.tsx'

interface Refetchable {
  isFetching: boolean
  refetch: () => Promise<unknown>
}

/**
 * Asks again when one of these runs changed: one request at a time, and once more when something changed meanwhile, so that the last
 * change is never missed. Does nothing while `enabled` is false; the query asks by itself when it is enabled again (`staleTime: 0`).
 * The live feed tells at most four times a second.
 */
export function useRefetchOnChange({ isFetching, refetch }: Refetchable, runIds: ReadonlySet<string>, enabled: boolean): void {
  const changedMeanwhile = useRef(false)
  const latest = useRef({ isFetching, refetch, runIds, enabled })
  useEffect(() => {
    latest.current = { isFetching, refetch, runIds, enabled }
    if (!isFetching && enabled && changedMeanwhile.current) {
      changedMeanwhile.current = false
      void refetch()
    }
  }, [isFetching, refetch, runIds, enabled])
  useChanges(
    useCallback((changes) => {
      const { isFetching, refetch, runIds, enabled } = latest.current
      if (!enabled || !(changes.reset || changes.runs.some((run) => runIds.has(run.id)))) return
      if (isFetching) changedMeanwhile.current = true
      else void refetch()
    }, []),
  )
}
