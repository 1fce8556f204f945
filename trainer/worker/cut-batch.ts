import { POINT_BYTES } from '../../core/ingest/batch-bytes.ts'
import type { FlushBatch } from '../../db/store.ts'
import type { BatchLimits } from './pending.ts'

/** Below what proxies before a server let through by default (nginx: 1 MiB); a single record may be longer. */
const BATCH_BYTES = 900_000
export const BATCH_LIMITS: BatchLimits = { points: Math.floor(BATCH_BYTES / POINT_BYTES), recordBytes: BATCH_BYTES / 2 }

/** Blobs larger than this travel with nothing but records: a server may refuse them for their size. */
const BLOBS_BESIDE_OTHERS = 65_536
/** Points that may share a batch with records. */
const POINTS_BESIDE_RECORDS = Math.floor(BATCH_BYTES / 2 / POINT_BYTES)

/**
 * The parts of a batch in which it is sent. Each link goes alone: a link to a run that is not there is refused, and must take nothing
 * else with it. The change of the run comes last: it may say that the run has ended.
 */
export function cutBatch({ points, records, prune, links, patch, rules }: FlushBatch): FlushBatch[] {
  const numbers: FlushBatch = { ...(points && { points }), ...(rules && { rules }) }
  const others: FlushBatch = { ...(records && { records }), ...(prune && { prune }) }
  const blobs = (records ?? []).reduce((sum, { blob }) => sum + (blob?.byteLength ?? 0), 0)
  const large = blobs > BLOBS_BESIDE_OTHERS
  const apart = large || (records !== undefined && (points?.step.length ?? 0) > POINTS_BESIDE_RECORDS)
  const parts = large ? [numbers, { records }, { ...(prune && { prune }) }] : apart ? [numbers, others] : [{ ...numbers, ...others }]
  for (const link of links ?? []) parts.push({ links: [link] })
  if (patch && parts.length === 1) parts[0] = { ...parts[0], patch }
  else if (patch) parts.push({ patch })
  return parts.filter((part) => Object.keys(part).length > 0)
}
