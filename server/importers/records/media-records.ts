import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { isLossboardError } from '../../../core/errors.ts'
import { KINDS } from '../../../core/kinds/registry.ts'
import { imageType } from '../../../core/tfevents/values/media-type.ts'
import type { NewRecord } from '../../../db/store.ts'

type Content = Pick<NewRecord, 'kind' | 'payload' | 'blob' | 'blobType'>

const IMAGE_MAX = 64 * 2 ** 20

/** Counts between edges, as W&B and trackio log them; or why they are none. */
export function histogramRecord(value: Record<string, unknown>): Content | string {
  const packed = value.packedBins as { min?: unknown; size?: unknown; count?: unknown } | undefined
  const counts = value.values
  let edges = value.bins
  if (packed && typeof packed.min === 'number' && typeof packed.size === 'number' && typeof packed.count === 'number') {
    const { min, size, count } = packed
    edges = Array.from({ length: count + 1 }, (_, index) => min + index * size)
  }
  try {
    const histogram = KINDS.histogram.check({ layout: 'edges', edges, counts, nonFinite: 0 })
    return { kind: 'histogram', payload: KINDS.histogram.encode(histogram).payload }
  } catch (error) {
    if (!isLossboardError(error)) throw error
    return error.message
  }
}

/** An image that lies beside its log; or why it is none. */
export function imageRecord(path: string, size: { width: unknown; height: unknown }, caption: unknown): Content | string {
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info?.isFile()) return `its file is not there: ${path}`
  if (info.size > IMAGE_MAX) return `its file has ${info.size} bytes; at most ${IMAGE_MAX} are read`
  const blob = readFileSync(path)
  const type = imageType(blob)
  if (type === null) return 'it is no PNG, JPEG, GIF or WebP'
  const count = (number: unknown) => (Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : 0)
  const value = {
    width: count(size.width),
    height: count(size.height),
    type,
    caption: typeof caption === 'string' && caption !== '' ? caption : null,
    hash: createHash('sha256').update(blob).digest('hex'),
    bytes: blob.length,
  }
  return { kind: 'image', payload: KINDS.image.encode(KINDS.image.check(value)).payload, blob, blobType: type }
}

export function textRecord(text: string): Content {
  return { kind: 'text', payload: { text, format: 'plain' } }
}
