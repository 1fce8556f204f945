import type { RunStatus } from '../../core/run.ts'
import { classNames } from './class-names.ts'

/** Shape as well as colour tells the state, so that it can be read without colour. */
const DOTS: Record<RunStatus, string> = {
  running: 'bg-success animate-[live-pulse_1.6s_ease-in-out_infinite]',
  finished: 'bg-border-strong',
  failed: 'rounded-none rotate-45 bg-danger',
  crashed: 'rounded-none rotate-45 bg-danger',
  interrupted: 'rounded-none bg-warning',
}

const TEXTS: Record<RunStatus, string> = {
  running: 'text-success',
  finished: 'text-muted',
  failed: 'text-danger',
  crashed: 'text-danger',
  interrupted: 'text-warning',
}

/** The run's state as dot and word; `reason` is in the title and, when `showReason`, written out. */
export function RunStatusLabel({ status, reason, showReason }: { status: RunStatus; reason?: string | null; showReason?: boolean }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5" title={reason ? `${status}: ${reason}` : status} data-status={status}>
      <span aria-hidden className={classNames('size-[7px] shrink-0 rounded-full', DOTS[status])} />
      <span className={classNames('shrink-0', TEXTS[status])}>{status}</span>
      {showReason && reason ? <span className="truncate text-faint">{reason}</span> : null}
    </span>
  )
}
