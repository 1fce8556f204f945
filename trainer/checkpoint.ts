import { createHash } from 'node:crypto'
import { describe } from '../core/describe.ts'
import { LossboardError } from '../core/errors.ts'
import type { CheckpointReason } from '../core/kinds/values.ts'
import { toStoredNumber } from '../core/stored-number.ts'
import { checkKeys } from './check-keys.ts'
import { type RecordValue, record } from './record-value.ts'

export interface CheckpointOptions {
  /** Updates done when it was taken. */
  step: number
  /** Who can read the bytes. Default `bytes`. */
  format?: string
  epoch?: number
  /** Why it was kept. Default: interval. */
  reason?: readonly CheckpointReason[]
  /** Figures of this moment, such as the validation loss. */
  metrics?: Readonly<Record<string, number>>
}

/**
 * A saved state of a training to log. Equal bytes are kept once, however often they are logged.
 * @throws LossboardError `invalid_value` when it is no bytes or a figure is wrong, `invalid_option` for an unknown option
 */
export function checkpoint(bytes: Uint8Array, options: CheckpointOptions): RecordValue {
  checkKeys('checkpoint', options, ['step', 'format', 'epoch', 'reason', 'metrics'])
  if (!(bytes instanceof Uint8Array)) throw new LossboardError('invalid_value', `checkpoint: expected a Uint8Array, got ${describe(bytes)}`)
  // A copy: the caller may reuse the buffer before the worker has read it.
  const kept = bytes.slice()
  const { step, format = 'bytes', epoch = null, reason = ['interval'], metrics = {} } = options
  const value = {
    format,
    step,
    epoch,
    bytes: kept.byteLength,
    hash: createHash('sha256').update(kept).digest('hex'),
    reason: [...reason],
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [name, typeof metric === 'number' ? toStoredNumber(metric) : metric]),
    ),
    pruned: false,
  }
  return record('checkpoint', value, kept)
}
