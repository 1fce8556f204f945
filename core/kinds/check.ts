import { describe } from '../describe.ts'
import { LossboardError } from '../errors.ts'
import { plainJson } from '../plain-json.ts'
import type { JsonObject } from '../run.ts'
import { isStoredNumber, type StoredNumber, toStoredNumber } from '../stored-number.ts'

export { describe }

type Fields = Record<string, unknown>

/** Refuses a value: which kind, what is wrong. */
export function invalid(kind: string, problem: string): LossboardError {
  return new LossboardError('invalid_value', `${kind}: ${problem}`)
}

/** The value as an object of unknown fields, or a refusal. */
export function checkObject(kind: string, value: unknown): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw invalid(kind, `expected an object, got ${describe(value)}`)
  return value as Fields
}

export function checkString(kind: string, field: string, value: unknown): string {
  if (typeof value !== 'string') throw invalid(kind, `${field} must be a string, got ${describe(value)}`)
  return value
}

/** A whole number of things: 0, 1, 2 … up to 2^53 − 1. */
export function checkCount(kind: string, field: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw invalid(kind, `${field} must be a count (a whole number from 0), got ${describe(value)}`)
  return value
}

export function checkCounts(kind: string, field: string, value: unknown): number[] {
  if (!Array.isArray(value)) throw invalid(kind, `${field} must be an array of counts, got ${describe(value)}`)
  return value.map((count, index) => checkCount(kind, `${field}[${index}]`, count))
}

/** At most this many characters of one line. */
const LINE_MAX = 500

/** One line that says something. */
export function checkLine(kind: string, field: string, value: unknown): string {
  const line = checkString(kind, field, value)
  if (line.trim() === '' || /[\r\n]/.test(line) || line.length > LINE_MAX)
    throw invalid(kind, `${field} must be one line of 1 to ${LINE_MAX} characters, got ${describe(value)}`)
  return line
}

export function checkOneOf<Name extends string>(kind: string, field: string, value: unknown, names: readonly Name[]): Name {
  const found = names.find((name) => name === value)
  if (found === undefined) throw invalid(kind, `${field} must be one of ${names.join(', ')}, got ${describe(value)}`)
  return found
}

export function checkArray(kind: string, field: string, value: unknown): unknown[] {
  if (!Array.isArray(value)) throw invalid(kind, `${field} must be an array, got ${describe(value)}`)
  return value
}

export function checkBoolean(kind: string, field: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw invalid(kind, `${field} must be true or false, got ${describe(value)}`)
  return value
}

/** A share: from 0 to 1. */
export function checkShare(kind: string, field: string, value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw invalid(kind, `${field} must be a number from 0 to 1, got ${describe(value)}`)
  return value
}

/** Any number, NaN and the infinities too, as JSON keeps it. */
export function checkStoredNumber(kind: string, field: string, value: unknown): StoredNumber {
  const stored = typeof value === 'number' ? toStoredNumber(value) : value
  if (!isStoredNumber(stored)) throw invalid(kind, `${field} must be a number, got ${describe(value)}`)
  return stored
}

/** An object that JSON can hold, see core/plain-json.ts. */
export function checkJsonObject(kind: string, field: string, value: unknown): JsonObject {
  return plainJson(value, field, (path, problem) => invalid(kind, `${path} ${problem}`))
}

const SHA256 = /^[0-9a-f]{64}$/

export function checkHash(kind: string, field: string, value: unknown): string {
  const hash = checkString(kind, field, value)
  if (!SHA256.test(hash)) throw invalid(kind, `${field} must be 64 hexadecimal digits (SHA-256 of the bytes)`)
  return hash
}
