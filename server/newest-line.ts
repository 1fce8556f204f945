import type { Attempt } from '../core/run.ts'
import type { StoredRecord } from '../db/store.ts'

/**
 * Records of one name as the newest line shows them, in step order: what a later attempt ran again is left out, and of several
 * at one step the last written stays. The rule for points, applied to records.
 */
export function newestLine(records: StoredRecord[], attempts: Attempt[]): StoredRecord[] {
  const starts = attempts.map(({ attempt, forkStep }) => ({ attempt, step: forkStep ?? firstStep(records, attempt) }))
  const byStep = new Map<number, StoredRecord>()
  for (const record of records) {
    const ranAgain = starts.some(({ attempt, step }) => attempt > record.attempt && record.step >= step)
    const other = byStep.get(record.step)
    if (!ranAgain && (!other || other.id < record.id)) byStep.set(record.step, record)
  }
  return [...byStep.values()].sort((a, b) => a.step - b.step)
}

function firstStep(records: StoredRecord[], attempt: number): number {
  return records.reduce((first, record) => (record.attempt === attempt ? Math.min(first, record.step) : first), Number.POSITIVE_INFINITY)
}
