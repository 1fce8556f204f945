'use client'

import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { LiveConnection, type LiveStatus } from './live-connection.ts'
import type { LiveChanges } from './merge-changes.ts'
import { useTRPC, useTRPCClient } from './trpc.ts'

export type { LiveChanges, LiveStatus }

const ConnectionContext = createContext<LiveConnection | null>(null)
const StatusContext = createContext<LiveStatus>('connecting')

/**
 * The tab's single live stream. It is closed while the tab is hidden (browsers allow six connections to one host) and resumes
 * where it stopped. Listeners get merged changes at most four times a second.
 */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const [connection] = useState(() => new LiveConnection((lastEventId, handlers) => client.live.changes.subscribe({ lastEventId }, handlers)))

  useEffect(() => connection.start(setStatus), [connection])

  useEffect(
    () =>
      connection.listen(() => {
        // Small answers every page shows in its frame: counts and sizes.
        void queryClient.invalidateQueries(trpc.projects.list.queryFilter())
        void queryClient.invalidateQueries(trpc.store.info.queryFilter())
      }),
    [connection, queryClient, trpc],
  )

  useEffect(() => {
    // What failed while the server was away is asked again as soon as it answers.
    if (status === 'live') void queryClient.refetchQueries({ predicate: (query) => query.state.status === 'error' })
  }, [status, queryClient])

  return (
    <ConnectionContext value={connection}>
      <StatusContext value={status}>{children}</StatusContext>
    </ConnectionContext>
  )
}

/** `live`, `connecting` (first time), `reconnecting` (server gone, retrying), `paused` (tab hidden). */
export function useLiveStatus(): LiveStatus {
  return useContext(StatusContext)
}

/**
 * Calls `listener` with what changed, at most four times a second. `changes.reset` means: read everything again
 * (also sent after a lost connection came back).
 */
export function useChanges(listener: (changes: LiveChanges) => void): void {
  const connection = useContext(ConnectionContext)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => connection?.listen((changes) => latest.current(changes)), [connection])
}
