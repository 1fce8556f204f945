import type { FieldValue } from '../run-fields/field-value.ts'
import { parseNumber } from './literal.ts'
import type { Operator } from './syntax.ts'

export interface Wanted {
  text: string
  /** The text as a number, when it is one. */
  number: number | null
  /** Match a part of the text instead of all of it. */
  part: boolean
  /** `*` stands for anything. */
  pattern: boolean
}

/** A test of one value. A list (tags) passes when any item does, `!=` when none is equal. */
export function valueTest(operator: Operator, wanted: Wanted): (actual: FieldValue) => boolean {
  if (operator === '!=') {
    const equal = equality(wanted)
    return (actual) => !anyItem(actual, equal)
  }
  const test = operator === '=' || operator === ':' || operator === '~' ? equality(wanted) : ordering(operator, wanted.number ?? Number.NaN)
  return (actual) => anyItem(actual, test)
}

function anyItem(actual: FieldValue, test: (item: FieldValue) => boolean): boolean {
  if (actual === undefined) return false
  return Array.isArray(actual) ? actual.some(test) || test(JSON.stringify(actual)) : test(actual)
}

/** Comparisons with NaN are false, as in arithmetic. */
function ordering(operator: '<' | '<=' | '>' | '>=', bound: number): (actual: FieldValue) => boolean {
  const compare: Record<typeof operator, (value: number) => boolean> = {
    '<': (value) => value < bound,
    '<=': (value) => value <= bound,
    '>': (value) => value > bound,
    '>=': (value) => value >= bound,
  }
  return (actual) => {
    const value = asNumber(actual)
    return value !== null && compare[operator](value)
  }
}

/** Configs carry NaN and ±Infinity as words. */
function asNumber(actual: FieldValue): number | null {
  if (typeof actual === 'number') return actual
  return actual === 'NaN' || actual === 'Infinity' || actual === '-Infinity' ? Number(actual) : null
}

function equality(wanted: Wanted): (actual: FieldValue) => boolean {
  const text = wanted.text.toLowerCase()
  const pattern = wanted.pattern && text.includes('*') ? globPattern(text) : null
  return (actual) => {
    const value = asNumber(actual)
    if (value !== null && wanted.number !== null && !wanted.part) return Object.is(value, wanted.number) || value === wanted.number
    const words = (typeof actual === 'string' ? actual : JSON.stringify(actual ?? null)).toLowerCase()
    if (pattern) return pattern.test(words)
    return wanted.part
      ? words.includes(text)
      : words === text || (typeof actual === 'string' && wanted.number !== null && sameNumber(actual, wanted.number))
  }
}

/** A config may hold a number as text: `config.size = 64` finds "64". */
function sameNumber(actual: string, wanted: number): boolean {
  const value = parseNumber(actual)
  return value !== null && Object.is(value, wanted)
}

function globPattern(text: string): RegExp {
  const escaped = text.split('*').map((piece) => piece.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`, 's')
}
