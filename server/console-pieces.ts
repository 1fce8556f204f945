import type { ConsoleValue } from '../core/kinds/values.ts'
import type { Store } from '../db/store.ts'

/** Console output in the order it was written: the newest pieces, or those after a known one. */
export async function consolePieces(store: Store, query: { id: string; afterId?: number; limit: number }) {
  const { id: runId, afterId, limit } = query
  const records = await store.records({ runId, kind: 'console', afterId, limit, last: afterId === undefined })
  const pieces = records.map((record) => {
    const value = record.payload as unknown as ConsoleValue
    return { id: record.id, stream: value.stream, text: value.text, skippedLines: value.skippedLines, wall: record.wall }
  })
  return { pieces: pieces.sort((a, b) => a.id - b.id) }
}
