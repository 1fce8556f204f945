import { isLossboardError } from '../../core/errors.ts'
import { decodeBatch } from '../../core/ingest/decode-batch.ts'
import { FrameReader } from '../../trainer/journal/frame-reader.ts'
import type { JournalFolder } from '../../trainer/journal/journal-folder.ts'

/** What lies in a journal. */
export interface JournalContent {
  /** Sequences of the first and last batch in the log; null: it is empty. */
  first: number | null
  last: number
  /** Of batches that are not acknowledged: */
  batches: number
  points: number
  records: number
  /** Bytes of whole frames in the log. */
  bytes: number
  /** Bytes at the end that make no whole batch: the process was killed while it wrote. */
  tornBytes: number
  /** Batches whose checksum is wrong. */
  damaged: number
  /** Batches that a server refused for good. */
  kept: number
}

/** Reads a journal through, one batch in memory at a time. */
export function scanJournal(folder: JournalFolder, acknowledged: number): JournalContent {
  const content: JournalContent = { first: null, last: acknowledged, batches: 0, points: 0, records: 0, bytes: 0, tornBytes: 0, damaged: 0, kept: 0 }
  const reader = new FrameReader(folder.file('batches'), 0)
  try {
    for (let frame = reader.next(); frame; frame = reader.next()) {
      content.first ??= frame.sequence
      content.last = Math.max(content.last, frame.sequence)
      if (frame.sequence <= acknowledged) continue
      content.batches++
      const counted = frame.damaged ? null : countBatch(frame.bytes)
      if (counted) {
        content.points += counted.points
        content.records += counted.records
      } else content.damaged++
    }
    content.bytes = reader.offset
    content.tornBytes = reader.rest()
  } finally {
    reader.close()
  }
  content.kept = keptBatches(folder).size
  return content
}

function countBatch(bytes: Uint8Array): { points: number; records: number } | null {
  try {
    const { batch } = decodeBatch(bytes)
    return { points: batch.points?.step.length ?? 0, records: batch.records?.length ?? 0 }
  } catch (error) {
    if (isLossboardError(error)) return null
    throw error
  }
}

/** Where in `kept.log` the batch of a sequence lies. */
export function keptBatches(folder: JournalFolder): Map<number, number> {
  const places = new Map<number, number>()
  if (!folder.has('kept')) return places
  const reader = new FrameReader(folder.file('kept'), 0)
  try {
    for (let at = 0, frame = reader.next(); frame; at = reader.offset, frame = reader.next()) if (!frame.damaged) places.set(frame.sequence, at)
  } finally {
    reader.close()
  }
  return places
}

/** The batch of a sequence that was kept apart, or null. */
export function readKept(folder: JournalFolder, places: Map<number, number>, sequence: number): Uint8Array | null {
  const at = places.get(sequence)
  if (at === undefined) return null
  const reader = new FrameReader(folder.file('kept'), 0)
  try {
    reader.offset = at
    return reader.next()?.bytes ?? null
  } finally {
    reader.close()
  }
}
