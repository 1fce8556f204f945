'use client'

import { formatDuration, formatRelativeTime, formatTimestamp } from '../../core/format-duration.ts'
import { useNow } from './use-now.ts'

/** `5 min ago`, counting on; the exact time is the title. */
export function TimeAgo({ at, className }: { at: number; className?: string }) {
  const now = useNow()
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTimestamp(at)} className={className}>
      {formatRelativeTime(at, now)}
    </time>
  )
}

/** Time between start and end; counts on while `endedAt` is null. */
export function DurationText({ startedAt, endedAt, className }: { startedAt: number; endedAt: number | null; className?: string }) {
  const now = useNow()
  const ms = (endedAt ?? now) - startedAt
  return (
    <span className={className} title={`${formatTimestamp(startedAt)} – ${endedAt === null ? 'still running' : formatTimestamp(endedAt)}`}>
      {formatDuration(ms)}
    </span>
  )
}
