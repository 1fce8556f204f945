import type { Json } from '../run.ts'
import type { StoredNumber } from '../stored-number.ts'
import { checkArray, checkBoolean, checkCount, checkHash, checkLine, checkObject, checkOneOf, checkStoredNumber, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import { CHECKPOINT_REASONS, type CheckpointValue } from './values.ts'

const KIND = 'checkpoint'

function checkEpoch(value: unknown): number | null {
  if (value === null) return null
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw invalid(KIND, `epoch must be a number from 0, or null, got ${describe(value)}`)
  return value
}

function checkMetrics(value: unknown): Record<string, StoredNumber> {
  const fields = Object.entries(checkObject(KIND, value))
  return Object.fromEntries(fields.map(([name, metric]) => [name, checkStoredNumber(KIND, `metrics["${name}"]`, metric)]))
}

function checkCheckpoint(value: unknown): CheckpointValue {
  const fields = checkObject(KIND, value)
  return {
    format: checkLine(KIND, 'format', fields.format),
    step: checkCount(KIND, 'step', fields.step),
    epoch: checkEpoch(fields.epoch),
    bytes: checkCount(KIND, 'bytes', fields.bytes),
    hash: checkHash(KIND, 'hash', fields.hash),
    reason: checkArray(KIND, 'reason', fields.reason).map((reason, index) => checkOneOf(KIND, `reason[${index}]`, reason, CHECKPOINT_REASONS)),
    metrics: checkMetrics(fields.metrics),
    pruned: checkBoolean(KIND, 'pruned', fields.pruned),
  }
}

/** The bytes themselves are a blob, written beside the payload by whoever logs. */
export const checkpointKind: RecordKind<CheckpointValue> = {
  kind: KIND,
  check: checkCheckpoint,
  encode: (value) => ({ payload: { ...value } as unknown as Json, blobType: 'application/octet-stream' }),
  decode: (payload) => checkCheckpoint(payload),
  summarise: ({ step, epoch, bytes, reason, pruned }) =>
    `step ${step}${epoch === null ? '' : `, epoch ${epoch}`}, ${bytes} bytes${reason.length > 0 ? ` (${reason.join(', ')})` : ''}${pruned ? ', pruned' : ''}`,
}
