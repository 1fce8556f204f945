import { crc32 } from '../crc.ts'
import type { FlushBatch, NewRecord, PointBatch } from '../flush-batch.ts'
import { checkMetricName } from '../metric-name.ts'
import { BATCH_MIN, MAGIC, OFFSET, POINT_BYTES, padded, SECTION, SECTION_HEAD, TAIL_BYTES, VERSION, WRITER_ID } from './batch-bytes.ts'
import { ByteReader } from './byte-reader.ts'
import { checkChanges, checkRecords } from './check-batch.ts'
import type { WireBatch } from './wire-batch.ts'

/**
 * Inverse of `encodeBatch`. Columns and blobs are views of `bytes` where they are aligned: whoever keeps them keeps those.
 * @throws LossboardError `malformed_batch` saying what is wrong and at which byte; `invalid_metric_name`
 */
export function decodeBatch(bytes: Uint8Array): WireBatch {
  const reader = new ByteReader(bytes)
  const head = readHead(reader)
  const end = bytes.length - TAIL_BYTES
  const batch: FlushBatch = {}
  let last = 0
  let at = OFFSET.writer + padded(head.writer.length)
  while (at < end) {
    const kind = reader.uint32(at, 'the kind of a section', end)
    const length = reader.uint32(at + 4, 'the length of a section', end)
    if (kind <= last || kind > SECTION.changes)
      throw reader.refuse(at, `section ${kind} ${kind > SECTION.changes || kind === 0 ? 'is unknown' : 'comes twice or too late'}`)
    const start = at + SECTION_HEAD
    const next = start + padded(length)
    if (next > end) throw reader.refuse(at + 4, `section ${kind} is said to be ${length} bytes long, ${Math.max(0, end - start)} are left`)
    reader.zeros(start + length, next)
    if (kind === SECTION.points) batch.points = readPoints(reader, start, start + length)
    else if (kind === SECTION.records) batch.records = readRecords(reader, start, start + length)
    else Object.assign(batch, checkChanges(reader.json(start, start + length)))
    last = kind
    at = next
  }
  return { ...head, batch }
}

function readHead(reader: ByteReader): Omit<WireBatch, 'batch'> {
  const { bytes } = reader
  if (bytes.length < BATCH_MIN) throw reader.refuse(bytes.length, `a batch has at least ${BATCH_MIN} bytes, these are ${bytes.length}`)
  if (reader.uint32(OFFSET.magic) !== MAGIC) throw reader.refuse(OFFSET.magic, 'this is no batch: it does not begin with LBBT')
  const version = bytes[OFFSET.version]!
  if (version !== VERSION) throw reader.refuse(OFFSET.version, `version ${version} of the format is unknown, this program knows ${VERSION}`)
  const length = reader.uint32(OFFSET.length)
  if (length !== bytes.length) throw reader.refuse(OFFSET.length, `the batch is said to be ${length} bytes long, ${bytes.length} came`)
  const sumAt = bytes.length - 4
  if (reader.uint32(sumAt) !== crc32(bytes, 0, sumAt, reader.view))
    throw reader.refuse(sumAt, 'the checksum does not fit: bytes were changed on the way')
  reader.zeros(bytes.length - TAIL_BYTES, sumAt)
  reader.zeros(OFFSET.reserved, OFFSET.sequence)
  const writerLength = bytes[OFFSET.writerLength]!
  const writer = reader.text(OFFSET.writer, OFFSET.writer + writerLength, sumAt)
  if (!WRITER_ID.test(writer)) throw reader.refuse(OFFSET.writer, 'a writer is 1 to 64 letters, digits, - and _')
  reader.zeros(OFFSET.writer + writerLength, OFFSET.writer + padded(writerLength))
  const sequence = reader.uint32(OFFSET.sequence)
  if (sequence === 0) throw reader.refuse(OFFSET.sequence, 'sequences begin with 1')
  return { writer, sequence }
}

function readPoints(reader: ByteReader, start: number, end: number): PointBatch {
  const n = reader.uint32(start, 'the number of points', end)
  const count = reader.uint32(start + 4, 'the number of names', end)
  let at = start + 8 + n * POINT_BYTES
  // Every name takes two bytes at least: a count that lies must not make a loop of billions.
  if (at + count * 2 > end) throw reader.refuse(start, `${n} points and ${count} names do not fit into ${end - start} bytes`)
  const step = reader.float64s(start + 8, n)
  const wall = reader.float64s(start + 8 + n * 8, n)
  const value = reader.float64s(start + 8 + n * 16, n)
  const series = reader.uint32s(start + 8 + n * 24, n)
  const names: string[] = []
  for (let i = 0; i < count; i++) {
    const length = reader.uint16(at, `the length of name ${i}`, end)
    names.push(checkMetricName(reader.text(at + 2, at + 2 + length, end)))
    at += 2 + length
  }
  if (at !== end) throw reader.refuse(at, `${end - at} bytes are left over after the names of the points`)
  return { names, series, step, wall, value }
}

function readRecords(reader: ByteReader, start: number, end: number): NewRecord[] {
  const count = reader.uint32(start, 'the number of records', end)
  const jsonLength = reader.uint32(start + 4, 'the length of the list of records', end)
  const jsonEnd = start + 8 + jsonLength
  let at = start + 8 + padded(jsonLength)
  if (at > end) throw reader.refuse(start + 4, `a list of records of ${jsonLength} bytes does not fit into ${end - start}`)
  reader.zeros(jsonEnd, at)
  const list = checkRecords(reader.json(start + 8, jsonEnd))
  if (list.length !== count) throw reader.refuse(start, `${count} records are announced, ${list.length} are listed`)
  const records = list.map(({ blobBytes, ...record }, index): NewRecord => {
    if (blobBytes === undefined) return record
    if (at + blobBytes > end) throw reader.refuse(at, `the blob of records[${index}] is said to be ${blobBytes} bytes long, ${end - at} are left`)
    const blob = reader.bytes.subarray(at, at + blobBytes)
    at += blobBytes
    return { ...record, blob }
  })
  if (at !== end) throw reader.refuse(at, `${end - at} bytes are left over after the blobs of the records`)
  return records
}
