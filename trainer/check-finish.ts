import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'

export type EndStatus = 'finished' | 'failed' | 'interrupted'

export interface FinishOptions {
  /** Default `finished`; `interrupted` after a SIGINT or SIGTERM. */
  status?: EndStatus
  /** Why, one line, for `failed` and `interrupted`. */
  reason?: string
  /** How long to wait for the store, or for the server to confirm everything, ms. Default 10,000. */
  timeoutMs?: number
}

/** `finish` returns by then even when nothing takes the data. */
const TIMEOUT_MS = 10_000

/** How a run ends: as `finish` was told, else by the signal that was caught. */
export function checkFinish(options: FinishOptions, caught: string | null): { status: EndStatus; reason: string | null; timeoutMs: number } {
  const { status = caught ? 'interrupted' : 'finished', reason = caught, timeoutMs = TIMEOUT_MS } = options
  if (status !== 'finished' && status !== 'failed' && status !== 'interrupted')
    throw new LossboardError('invalid_option', `finish: status must be "finished", "failed" or "interrupted", got ${describe(status)}`)
  if (typeof timeoutMs !== 'number' || !(timeoutMs >= 0))
    throw new LossboardError('invalid_option', `finish: timeoutMs must be a number from 0, got ${describe(timeoutMs)}`)
  return { status, reason, timeoutMs }
}
