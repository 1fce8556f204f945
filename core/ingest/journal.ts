/**
 * The journal of one client session: a folder named by its writer, in a folder `lossboard-journal`. docs/http.md, "The journal",
 * is the same in words. TypeScript and Python write the same, so that either syncs both.
 */
import { crc32 } from '../crc.ts'
import type { OpenRunBody } from './protocol.ts'

export const JOURNAL_FOLDER = 'lossboard-journal'
export const JOURNAL_FILES = {
  /** `JournalOpening` as JSON: what makes the run. */
  open: 'open.json',
  /** Frames in order of sequence. Shortened to nothing whenever everything in it is acknowledged. */
  batches: 'batches.log',
  /** Highest sequence the server has acknowledged, as decimal text. Missing: none. */
  acknowledged: 'acknowledged',
  /** Frames of batches that the server refused for good (too large, say) and that an empty batch of the same sequence stood in for. */
  kept: 'kept.log',
} as const

/** What `open.json` holds. Never a token. */
export interface JournalOpening {
  version: 1
  /** Server to send to, without `/api/v1`; null: none was named (`LOSSBOARD_MODE=offline`). */
  url: string | null
  /** The body of `POST /api/v1/runs`, without what belongs to the moment of sending. Its `environment.host`, `pid` and `processStartedAt` tell whether the writer still lives. */
  /** True once the writer has ended in an orderly way and writes no more, though its process may live on. */
  ended?: boolean
  run: Omit<OpenRunBody, 'sentAt' | 'clock' | 'id'> & { id: string }
}

/** Length of the batch, checksum of these four bytes; then the batch, which has its own. */
export const FRAME_HEAD = 8

export function frameHead(batchLength: number): Uint8Array {
  const head = new Uint8Array(FRAME_HEAD)
  const view = new DataView(head.buffer)
  view.setUint32(0, batchLength, true)
  view.setUint32(4, crc32(head, 0, 4), true)
  return head
}

/** Length of the batch after the frame's head at `at`; null when the head is cut or changed, so that nobody knows where the next one is. */
export function readFrameHead(bytes: Uint8Array, at = 0): number | null {
  if (bytes.length - at < FRAME_HEAD) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, FRAME_HEAD)
  return view.getUint32(4, true) === crc32(bytes, at, at + 4) ? view.getUint32(0, true) : null
}
