import { readSummary, type SummaryValue } from './summary.ts'
import type { WireReader } from './wire.ts'

/** Status of a `SessionLog`: a training program says that it starts. */
export const SESSION_START = 1

/** One record of an event file. Byte fields are views of the record: copy what outlives it. */
export interface TfEvent {
  /** Seconds since epoch; may be NaN. */
  wall: number
  /** Exact within ±2^53. */
  step: number
  /** "brain.Event:2", in the first record of a file. */
  fileVersion: string | null
  values: SummaryValue[]
  sessionStatus: number | null
  logMessage: string | null
  /** Whole messages that are kept as they are. */
  attachments: Attachment[]
}

export interface Attachment {
  format: 'graph-def' | 'meta-graph-def' | 'run-metadata'
  tag: string
  bytes: Uint8Array
}

export function readEvent(fields: WireReader): TfEvent {
  const event: TfEvent = { wall: 0, step: 0, fileVersion: null, values: [], sessionStatus: null, logMessage: null, attachments: [] }
  while (fields.next()) {
    switch (fields.field) {
      case 1:
        event.wall = fields.double()
        break
      case 2:
        event.step = fields.int64()
        break
      case 3:
        event.fileVersion = fields.string()
        break
      case 4:
        event.attachments.push({ format: 'graph-def', tag: 'graph', bytes: fields.subarray() })
        break
      case 5:
        readSummary(fields.message(), event.values)
        break
      case 6:
        event.logMessage = readLogMessage(fields.message())
        break
      case 7:
        event.sessionStatus = readSessionStatus(fields.message())
        break
      case 8:
        event.attachments.push(readRunMetadata(fields.message()))
        break
      case 9:
        event.attachments.push({ format: 'meta-graph-def', tag: 'meta-graph', bytes: fields.subarray() })
        break
      default:
        fields.skip()
    }
  }
  return event
}

function readSessionStatus(fields: WireReader): number {
  let status = 0
  while (fields.next()) {
    if (fields.field === 1) status = fields.int32()
    else fields.skip()
  }
  return status
}

function readLogMessage(fields: WireReader): string {
  let message = ''
  while (fields.next()) {
    if (fields.field === 2) message = fields.string()
    else fields.skip()
  }
  return message
}

function readRunMetadata(fields: WireReader): Attachment {
  const attachment: Attachment = { format: 'run-metadata', tag: '', bytes: new Uint8Array(0) }
  while (fields.next()) {
    if (fields.field === 1) attachment.tag = fields.string()
    else if (fields.field === 2) attachment.bytes = fields.subarray()
    else fields.skip()
  }
  return attachment
}
