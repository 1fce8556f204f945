'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useLiveStatus } from '../_trpc/live.tsx'
import { useTRPC } from '../_trpc/trpc.ts'
import { Banner } from '../_ui/banner.tsx'

/** A hiccup mends itself within this time (ms) and is not worth a banner. */
const PATIENCE_MS = 2_000

/** What a person must know about the store and the connection, on every page. */
export function StoreNotices() {
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  const gone = useServerGone()
  return (
    <>
      {gone ? (
        <Banner tone="danger" testId="server-gone">
          The Lossboard server does not answer. What you see may be out of date; this page reconnects by itself.
        </Banner>
      ) : null}
      {info?.readOnly ? (
        <Banner testId="read-only">
          <span className="font-medium">{info.location}</span> is open read-only: names, tags and notes cannot be changed here, findings not muted,
          metrics not named, runs not deleted.
        </Banner>
      ) : null}
      {info?.warnings.map((warning) => (
        <Banner key={warning} tone="warning" testId="store-warning">
          {warning}
        </Banner>
      ))}
    </>
  )
}

function useServerGone(): boolean {
  const status = useLiveStatus()
  const [gone, setGone] = useState(false)
  useEffect(() => {
    if (status !== 'reconnecting') {
      setGone(false)
      return
    }
    const timer = setTimeout(() => setGone(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [status])
  return gone
}
