import { isLossboardError } from '../../core/errors.ts'
import type { FlushBatch } from '../../core/flush-batch.ts'
import { decodeBatch } from '../../core/ingest/decode-batch.ts'
import type { WireBatch } from '../../core/ingest/wire-batch.ts'
import type { Store } from '../../db/store.ts'
import { clocksOf } from './check-body.ts'
import { checkContent } from './check-content.ts'
import { clockShift, shifted } from './clock.ts'
import type { IngestTask } from './ingest-messages.ts'
import type { Answer, Desk } from './intake.ts'
import { batchFromJson } from './json-batch.ts'
import { readJson, unpack } from './unpack.ts'
import type { Session } from './writer-pool.ts'

/** Nobody's clock is that exact: a difference this small is not written down anew. */
const SAME_OFFSET_MS = 60_000

/** `POST /api/v1/runs/{id}/batches` */
export async function storeBatch({ store, writers, plan }: Desk, task: IngestTask): Promise<Answer> {
  const bytes = unpack(task, plan)
  const json = task.binary ? {} : readJson(bytes)
  const { writer, sequence, batch }: WireBatch = task.binary ? decodeBatch(aligned(bytes)) : batchFromJson(json, task.receivedAt)
  const offset = clockShift(clocksOf(task, json))
  checkContent(batch, plan.limits)
  const session = await writers.get(writer, task.runId, task.project)
  const ready = await withOffset(store, session, shifted(withoutHeartbeat(batch), offset), offset)
  let stored: boolean
  try {
    stored = session.into.deliver({ writer, sequence }, ready)
  } catch (error) {
    if (isLossboardError(error) && error.code === 'not_found') writers.drop(writer)
    throw error
  }
  if (stored && offset !== 0) session.clockOffsetMs = offset
  if (stored && ends(batch)) endSession(session, () => writers.drop(writer))
  writers.trim()
  const counted = stored ? { points: batch.points?.step.length ?? 0, records: batch.records?.length ?? 0 } : { points: 0, records: 0 }
  return { status: 200, body: { sequence, duplicate: !stored, ...counted } }
}

/** Columns are read where they lie, which must be a multiple of 8. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
}

/** A sign of life is told by the server's clock. */
function withoutHeartbeat(batch: FlushBatch): FlushBatch {
  if (batch.patch?.heartbeatAt === undefined) return batch
  const { heartbeatAt: _, ...patch } = batch.patch
  return { ...batch, patch }
}

/** Whoever looks at the run can see that its times were moved. */
async function withOffset(store: Store, session: Session, batch: FlushBatch, offset: number): Promise<FlushBatch> {
  const given = batch.patch?.environment
  if (offset === 0 || (given === undefined && Math.abs(offset - session.clockOffsetMs) < SAME_OFFSET_MS)) return batch
  const environment = given ?? (await store.run(session.runId))?.environment ?? {}
  return { ...batch, patch: { ...batch.patch, environment: { ...environment, clockOffsetMs: offset } } }
}

function ends({ patch }: FlushBatch): boolean {
  return patch?.status !== undefined && patch.status !== 'running'
}

/** Packs what is left in the tail. A courtesy: readers understand unpacked points, and housekeeping packs them later. */
export function endSession(session: Session, drop: () => void): void {
  try {
    session.into.close()
  } catch {
    // What counts is stored.
  }
  drop()
}
