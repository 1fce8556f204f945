'use client'

import { type LiveStatus, useLiveStatus } from '../_trpc/live.tsx'
import { classNames } from '../_ui/class-names.ts'

const STATES: Record<LiveStatus, { label: string; dot: string; title: string }> = {
  live: { label: 'Live', dot: 'bg-success', title: 'Changes appear as they are written' },
  connecting: { label: 'Connecting', dot: 'bg-border-strong', title: 'Opening the live stream' },
  reconnecting: {
    label: 'Reconnecting',
    dot: 'bg-warning animate-[live-pulse_1.2s_ease-in-out_infinite]',
    title: 'The server does not answer; trying again',
  },
  paused: { label: 'Paused', dot: 'bg-border-strong', title: 'Live updates rest while this tab is hidden' },
}

export function LiveIndicator() {
  const status = useLiveStatus()
  const state = STATES[status]
  return (
    <span
      role="status"
      title={state.title}
      data-testid="live-indicator"
      data-live={status}
      className="flex items-center gap-1.5 px-1 text-sm text-muted"
    >
      <span aria-hidden className={classNames('size-[7px] rounded-full', state.dot)} />
      <span className="max-sm:sr-only">{state.label}</span>
    </span>
  )
}
