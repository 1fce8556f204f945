import { describe } from '../../core/describe.ts'
import { isLossboardError, LossboardError } from '../../core/errors.ts'
import type { FlushBatch, NewRecord, PointBatch } from '../../core/flush-batch.ts'
import { checkChanges, checkRecords } from '../../core/ingest/check-batch.ts'
import { checkFields, count, type FieldRules, finite, object, oneOf, text, texts } from '../../core/ingest/check-fields.ts'
import type { WireBatch } from '../../core/ingest/wire-batch.ts'
import { KINDS } from '../../core/kinds/registry.ts'
import { fromStoredNumber, isStoredNumber } from '../../core/stored-number.ts'
import { CLOCK_FIELDS, optional, writerId, wrongStep } from './check-body.ts'

const list = (value: unknown) => (Array.isArray(value) ? null : 'a list')
const sequence = (value: unknown) => (Number.isSafeInteger(value) && (value as number) >= 1 ? null : 'a whole number from 1')

const BATCH: FieldRules = {
  writer: { check: writerId },
  sequence: { check: sequence },
  points: optional(object),
  console: optional(list),
  records: optional(list),
  prune: optional(list),
  links: optional(list),
  rules: optional(list),
  patch: optional(object),
  ...CLOCK_FIELDS,
}

const POINTS: FieldRules = {
  names: { check: texts },
  series: optional(list),
  step: { check: list },
  wall: optional(list),
  value: { check: list },
}

const CONSOLE: FieldRules = {
  text: { check: text },
  stream: optional(oneOf(['stdout', 'stderr'])),
  line: optional(count),
  wall: optional(finite),
  skippedLines: optional(count),
}

/**
 * The JSON form of a batch, see docs/http.md. `now` stands for times left out.
 * Throws `malformed_batch`, `unknown_field`, `invalid_value`, `invalid_step`, naming the field.
 */
export function batchFromJson(body: Record<string, unknown>, now: number): WireBatch {
  checkFields(body, 'body', BATCH)
  const { prune, links, rules, patch } = body
  const changes = withoutPrefix('changes.', () =>
    checkChanges({
      ...(prune !== undefined && { prune }),
      ...(links !== undefined && { links }),
      ...(rules !== undefined && { rules }),
      ...(patch !== undefined && { patch }),
    }),
  )
  const records = [...readConsole((body.console ?? []) as unknown[], now), ...readRecords((body.records ?? []) as unknown[])]
  const batch: FlushBatch = {
    ...changes,
    ...(body.points !== undefined && { points: readPoints(body.points as Record<string, unknown>, now) }),
    ...(records.length > 0 && { records }),
  }
  return { writer: body.writer as string, sequence: body.sequence as number, batch }
}

function withoutPrefix<T>(prefix: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!isLossboardError(error) || !error.message.startsWith(prefix)) throw error
    throw new LossboardError(error.code, error.message.slice(prefix.length))
  }
}

function readPoints(points: Record<string, unknown>, now: number): PointBatch {
  checkFields(points, 'points', POINTS)
  const names = points.names as string[]
  const step = points.step as unknown[]
  const n = step.length
  for (const key of ['series', 'wall', 'value'] as const) {
    const column = points[key] as unknown[] | undefined
    if (column && column.length !== n)
      throw new LossboardError('malformed_batch', `points.${key} has ${column.length} items, points.step has ${n}: columns are equally long`)
  }
  if (points.series === undefined && names.length !== 1 && n > 0)
    throw new LossboardError('malformed_batch', `points.series is missing: with ${names.length} names every point needs the index of its own`)
  return {
    names,
    series: Uint32Array.from((points.series as unknown[] | undefined) ?? Array(n).fill(0), (item, i) => {
      if (Number.isInteger(item) && (item as number) >= 0 && (item as number) < names.length) return item as number
      throw new LossboardError('invalid_value', `points.series[${i}] must be the index of one of ${names.length} names, got ${describe(item)}`)
    }),
    step: Float64Array.from(step, (item, i) => {
      if (Number.isSafeInteger(item)) return item as number
      throw wrongStep(`points.step[${i}]`, item)
    }),
    wall: Float64Array.from((points.wall as unknown[] | undefined) ?? Array(n).fill(now), (item, i) => {
      if (Number.isFinite(item)) return item as number
      throw new LossboardError('invalid_value', `points.wall[${i}] must be a time in ms since 1970, got ${describe(item)}`)
    }),
    value: Float64Array.from(points.value as unknown[], (item, i) => {
      if (isStoredNumber(item)) return fromStoredNumber(item)
      const what = typeof item === 'number' ? 'a number of more than 1.8e308: write "Infinity" if that is meant' : describe(item)
      throw new LossboardError('invalid_value', `points.value[${i}] must be a number, "NaN", "Infinity" or "-Infinity", got ${what}`)
    }),
  }
}

function readConsole(pieces: unknown[], now: number): NewRecord[] {
  return pieces.map((piece, index) => {
    checkFields(piece, `console[${index}]`, CONSOLE)
    const {
      text,
      stream = 'stdout',
      line = 0,
      wall = now,
      skippedLines = 0,
    } = piece as {
      text: string
      stream?: 'stdout' | 'stderr'
      line?: number
      wall?: number
      skippedLines?: number
    }
    // A piece is whole lines: what a client sends without the last newline is a line too.
    const lines = text === '' || text.endsWith('\n') ? text : `${text}\n`
    const { payload } = KINDS.console.encode({ stream, text: lines, skippedLines })
    return { name: `console/${stream}`, kind: 'console', step: line, wall, payload }
  })
}

/** A list of records whose blobs stand in them as base64. */
function readRecords(given: unknown[]): NewRecord[] {
  const blobs: (Uint8Array | undefined)[] = []
  const listed = given.map((record, index) => {
    if (typeof record !== 'object' || record === null || Array.isArray(record)) return record
    const { blob, ...rest } = record as Record<string, unknown>
    if ('blobBytes' in rest) throw new LossboardError('unknown_field', `records[${index}] has an unknown field "blobBytes": did you mean "blob"?`)
    if (blob !== undefined) blobs[index] = fromBase64(blob, `records[${index}].blob`)
    return rest
  })
  return checkRecords(listed).map(({ blobBytes: _, ...record }, index): NewRecord => {
    const blob = blobs[index]
    return blob ? { ...record, blob } : record
  })
}

function fromBase64(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0)
    throw new LossboardError(
      'malformed_batch',
      `${path} must be base64 (letters, digits, +, /, padded with = to a multiple of 4), got ${describe(value)}`,
    )
  return Buffer.from(value, 'base64')
}
