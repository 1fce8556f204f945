import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'

export type EndStatus = 'finished' | 'failed' | 'interrupted'

export interface FinishOptions {
  /** Default `finished`; `interrupted` after a SIGINT or SIGTERM. */
  status?: EndStatus
  /** Why, one line, for `failed` and `interrupted`. */
  reason?: string
}

/** How a run ends: as `finish` was told, else by the signal that was caught. */
export function checkFinish(options: FinishOptions, caught: string | null): { status: EndStatus; reason: string | null } {
  const { status = caught ? 'interrupted' : 'finished', reason = caught } = options
  if (status !== 'finished' && status !== 'failed' && status !== 'interrupted')
    throw new LossboardError('invalid_option', `finish: status must be "finished", "failed" or "interrupted", got ${describe(status)}`)
  return { status, reason }
}
