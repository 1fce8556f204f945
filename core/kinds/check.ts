import { LossboardError } from '../errors.ts'

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

/** What a wrong value is, in a few words. */
export function describe(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'string') return `the string ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`
  if (typeof value === 'bigint') return `the bigint ${value}n`
  if (typeof value === 'number' || typeof value === 'boolean' || value === undefined) return String(value)
  if (typeof value === 'object') {
    const name = (value as { constructor?: { name?: string } }).constructor?.name
    return name && name !== 'Object' ? `a ${name}` : 'an object'
  }
  return `a ${typeof value}`
}
