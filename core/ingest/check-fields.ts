import { describe } from '../describe.ts'
import { LossboardError } from '../errors.ts'
import { nearMatches } from '../near-matches.ts'

/** What must hold of a field: null, or what it must be instead (a list of fields looks into itself and throws). */
export type FieldCheck = (value: unknown, path: string) => string | null

export interface FieldRule {
  check: FieldCheck
  optional?: boolean
}

export type FieldRules = Record<string, FieldRule>

function refuse(path: string, problem: string, code: 'malformed_batch' | 'unknown_field' = 'malformed_batch'): LossboardError {
  return new LossboardError(code, `${path} ${problem}`)
}

/** Refuses anything but an object of these fields, naming the field; an unknown one with the nearest that is known. */
export function checkFields(value: unknown, path: string, rules: FieldRules): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(path, `must be an object, got ${describe(value)}`)
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(rules, key)) continue
    const [nearest] = nearMatches(key, Object.keys(rules), 1)
    throw refuse(
      path,
      `has an unknown field "${key.slice(0, 80)}": ${nearest ? `did you mean "${nearest}"?` : `its fields are ${Object.keys(rules).join(', ')}`}`,
      'unknown_field',
    )
  }
  for (const [key, { check, optional }] of Object.entries(rules)) {
    const field = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
    if (field === undefined && optional) continue
    const wanted = check(field, `${path}.${key}`)
    if (wanted !== null) throw refuse(`${path}.${key}`, `must be ${wanted}, got ${describe(field)}`)
  }
}

/** Refuses anything but an array whose items pass. */
export function checkList(value: unknown, path: string, check: (item: unknown, path: string) => void): void {
  if (!Array.isArray(value)) throw refuse(path, `must be an array, got ${describe(value)}`)
  for (const [index, item] of value.entries()) check(item, `${path}[${index}]`)
}

const one =
  (what: string, is: (value: unknown) => boolean): FieldCheck =>
  (value) =>
    is(value) ? null : what

export const text = one('a text', (value) => typeof value === 'string')
export const texts = one('an array of texts', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'))
export const flag = one('true or false', (value) => typeof value === 'boolean')
export const finite = one('a finite number', Number.isFinite)
export const count = one('a whole number from 0', (value) => Number.isSafeInteger(value) && (value as number) >= 0)
export const numbers = one('an array of finite numbers', (value) => Array.isArray(value) && value.every(Number.isFinite))
export const object = one('an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value))
export const anything = one('a JSON value', (value) => value !== undefined)
export const oneOf = (names: readonly string[]) => one(`one of ${names.join(', ')}`, (value) => names.includes(value as string))

export const orNull =
  (check: FieldCheck): FieldCheck =>
  (value, path) => {
    const wanted = value === null ? null : check(value, path)
    return wanted === null ? null : `${wanted}, or null`
  }
