import { crc32 } from '../crc.ts'
import { LossboardError } from '../errors.ts'
import type { FlushBatch, NewRecord, PointBatch } from '../flush-batch.ts'
import { MAGIC, OFFSET, POINT_BYTES, padded, SECTION, SECTION_HEAD, TAIL_BYTES, VERSION, WRITER_ID } from './batch-bytes.ts'
import type { WireBatch } from './wire-batch.ts'

const utf8 = new TextEncoder()
const LENGTH_MAX = 0xffff_fff8

interface Section {
  kind: number
  length: number
  /** Writes the content at `at`. */
  write(bytes: Uint8Array, view: DataView, at: number): void
}

/**
 * A batch as bytes. A section stands for every part of the batch that holds anything.
 * @throws LossboardError `malformed_batch` when the batch does not fit the format
 */
export function encodeBatch({ writer, sequence, batch }: WireBatch): Uint8Array {
  if (!WRITER_ID.test(writer)) throw refuse(`a writer is 1 to 64 letters, digits, - and _, got "${writer}"`)
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 0xffff_ffff)
    throw refuse(`a sequence is a whole number from 1 to 2^32 − 1, got ${sequence}`)
  const sections = [pointSection(batch.points), recordSection(batch.records), changeSection(batch)].filter((section) => section !== null)
  const start = OFFSET.writer + padded(writer.length)
  const length = sections.reduce((sum, section) => sum + SECTION_HEAD + padded(section.length), start) + TAIL_BYTES
  if (length > LENGTH_MAX) throw refuse(`a batch of ${length} bytes is too long`)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(OFFSET.magic, MAGIC, true)
  bytes[OFFSET.version] = VERSION
  bytes[OFFSET.writerLength] = writer.length
  view.setUint32(OFFSET.sequence, sequence, true)
  view.setUint32(OFFSET.length, length, true)
  utf8.encodeInto(writer, bytes.subarray(OFFSET.writer))
  let at = start
  for (const section of sections) {
    view.setUint32(at, section.kind, true)
    view.setUint32(at + 4, section.length, true)
    section.write(bytes, view, at + SECTION_HEAD)
    at += SECTION_HEAD + padded(section.length)
  }
  view.setUint32(length - 4, crc32(bytes, 0, length - 4, view), true)
  return bytes
}

function pointSection(points: PointBatch | undefined): Section | null {
  if (!points || points.step.length === 0) return null
  const n = points.step.length
  if (points.wall.length !== n || points.value.length !== n || points.series.length !== n)
    throw refuse(`columns differ in length: ${points.series.length} series, ${n} steps, ${points.wall.length} walls, ${points.value.length} values`)
  const names = points.names.map((name) => utf8.encode(name))
  const length = names.reduce((sum, name) => sum + 2 + name.length, 8 + n * POINT_BYTES)
  const write: Section['write'] = (bytes, view, at) => {
    view.setUint32(at, n, true)
    view.setUint32(at + 4, names.length, true)
    let to = at + 8
    for (const column of [points.step, points.wall, points.value, points.series]) {
      bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), to)
      to += column.byteLength
    }
    for (const name of names) {
      view.setUint16(to, name.length, true)
      bytes.set(name, to + 2)
      to += 2 + name.length
    }
  }
  return { kind: SECTION.points, length, write }
}

function recordSection(records: NewRecord[] | undefined): Section | null {
  if (!records || records.length === 0) return null
  const list = records.map(({ name, kind, step, wall, payload, blob, blobType }) => ({
    name,
    kind,
    step,
    wall,
    payload,
    ...(blob && { blobBytes: blob.byteLength, ...(blobType !== undefined && { blobType }) }),
  }))
  const json = utf8.encode(JSON.stringify(list))
  const blobs = records.flatMap(({ blob }) => blob ?? [])
  const first = 8 + padded(json.length)
  const write: Section['write'] = (bytes, view, at) => {
    view.setUint32(at, records.length, true)
    view.setUint32(at + 4, json.length, true)
    bytes.set(json, at + 8)
    let to = at + first
    for (const blob of blobs) {
      bytes.set(blob, to)
      to += blob.byteLength
    }
  }
  return { kind: SECTION.records, length: blobs.reduce((sum, blob) => sum + blob.byteLength, first), write }
}

function changeSection({ prune, links, patch, rules }: FlushBatch): Section | null {
  const changes = {
    ...(prune && prune.length > 0 && { prune }),
    ...(links && links.length > 0 && { links }),
    ...(patch && Object.keys(patch).length > 0 && { patch }),
    ...(rules && rules.length > 0 && { rules }),
  }
  if (Object.keys(changes).length === 0) return null
  const json = utf8.encode(JSON.stringify(changes))
  return { kind: SECTION.changes, length: json.length, write: (bytes, _, at) => bytes.set(json, at) }
}

function refuse(message: string): LossboardError {
  return new LossboardError('malformed_batch', message)
}
