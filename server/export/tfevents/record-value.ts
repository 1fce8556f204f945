import type { EventDataValue } from '../../../core/kinds/event-data.ts'
import type { Histogram } from '../../../core/kinds/histogram.ts'
import type { ImageValue, TextValue } from '../../../core/kinds/values.ts'
import { audioValue, histogramValue, imageValue, textValue } from '../../../core/tfevents/write/values.ts'
import { WireWriter } from '../../../core/tfevents/write/wire-writer.ts'
import { RATIO_EDGES } from '../../../core/update-ratio.ts'
import type { StoredRecord } from '../../../db/store.ts'

/** A field of an event that holds what a record is, and what of it is not in there. `none`: event files have nothing of that kind. */
export type RecordField = { field: number; bytes: Uint8Array; lost?: string } | { none: string }

type Blob = (hash: string) => Promise<Uint8Array | null>

const SUMMARY = 5
const summary = (message: WireWriter, lost?: string): RecordField => ({
  field: SUMMARY,
  bytes: new WireWriter().message(1, message).done(),
  ...(lost !== undefined && { lost }),
})

/** Fields of an event by the format that the bytes of such a record have. */
const EVENT_FIELDS: Record<string, number> = { 'graph-def': 4, 'run-metadata': 8, 'meta-graph-def': 9 }

export async function recordField(record: StoredRecord, blob: Blob): Promise<RecordField> {
  const { kind, name, payload, blobHash } = record
  switch (kind) {
    case 'histogram':
      return histogram(name, payload as unknown as Histogram)
    case 'text': {
      const { text } = payload as unknown as TextValue
      return summary(textValue(name, text))
    }
    case 'image': {
      const { width, height, caption } = payload as unknown as ImageValue
      const bytes = blobHash === null ? null : await blob(blobHash)
      return bytes
        ? summary(imageValue(name, width, height, bytes), caption === null ? undefined : 'captions of images')
        : { none: 'image without bytes' }
    }
    case 'audio': {
      const bytes = blobHash === null ? null : await blob(blobHash)
      const { label } = payload as { label?: string | null }
      return bytes ? summary(audioValue(name, bytes, label ?? '')) : { none: 'sound without bytes' }
    }
    case 'event-data':
      return eventData(record, payload as unknown as EventDataValue, blob)
    default:
      return { none: kind }
  }
}

/** Update ratios in their 80 bins; what has no bin there has none here. */
function histogram(name: string, value: Histogram): RecordField {
  if (value.layout === 'edges')
    return summary(histogramValue(name, value.edges, value.counts), value.nonFinite > 0 ? 'counts of values that are not finite' : undefined)
  const unplaced = value.zero + value.underflow + value.overflow + value.tinyWeight + value.nonFinite
  return summary(histogramValue(name, RATIO_EDGES, value.counts), unplaced > 0 ? 'counts of update ratios without a bin' : undefined)
}

/** What came from an event file goes back as it was. */
async function eventData({ name, blobHash }: StoredRecord, { format }: EventDataValue, blob: Blob): Promise<RecordField> {
  const bytes = blobHash === null ? null : await blob(blobHash)
  if (bytes === null) return { none: 'event-data without bytes' }
  if (format === 'summary-value') return { field: SUMMARY, bytes: new WireWriter().data(1, bytes).done() }
  const field = EVENT_FIELDS[format]
  if (field === undefined) return { none: `event-data of format ${format}` }
  if (format !== 'run-metadata') return { field, bytes }
  return {
    field,
    bytes: new WireWriter()
      .string(1, name.replace(/^run-metadata\//, ''))
      .data(2, bytes)
      .done(),
  }
}
