import { LossboardError } from '../../core/errors.ts'
import type { FlushBatch } from '../../core/flush-batch.ts'

const FAR_OFF_MS = 24 * 3_600_000

export interface Clocks {
  /** The client's clock when it sent the request; null: it did not say. */
  sentAt: number | null
  adjustClock: boolean
  receivedAt: number
}

/** What is to be added to the client's times, ms: 0 unless its clock is far off. Throws `clock_off` when it did not ask for that. */
export function clockShift({ sentAt, adjustClock, receivedAt }: Clocks): number {
  if (sentAt === null || Math.abs(receivedAt - sentAt) <= FAR_OFF_MS) return 0
  const offset = receivedAt - sentAt
  if (adjustClock) return offset
  throw new LossboardError(
    'clock_off',
    `the client's clock said ${utc(sentAt)} when this came at ${utc(receivedAt)} by the server's: set the clock, or send "Lossboard-Clock: adjust"`,
    { facts: { sentAt, receivedAt } },
  )
}

function utc(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? `${at} ms` : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** The batch with every time in it shifted. */
export function shifted(batch: FlushBatch, offset: number): FlushBatch {
  if (offset === 0) return batch
  const { points, records, patch } = batch
  return {
    ...batch,
    ...(points && { points: { ...points, wall: points.wall.map((wall) => wall + offset) } }),
    ...(records && { records: records.map((record) => ({ ...record, wall: record.wall + offset })) }),
    ...(patch && { patch: { ...patch, ...(typeof patch.endedAt === 'number' && { endedAt: patch.endedAt + offset }) } }),
  }
}
