import { RUN_STATUSES } from '../run.ts'
import { type Field, type FieldType, fieldType, SEVERITY_RANKS, severityRank } from '../run-fields/field.ts'
import { type FieldValue, fieldValue } from '../run-fields/field-value.ts'
import type { RunRow } from '../run-fields/run-row.ts'
import { parseNumber, parseSpan, parseTime } from './literal.ts'
import type { Comparison, FilterProblem, Operator, Value } from './syntax.ts'
import { valueTest } from './value-test.ts'

type Test = (row: RunRow, now: number) => boolean

/** The test for one `field operator value`, or what is wrong with it. */
export function compileComparison(field: Field, comparison: Comparison): Test | FilterProblem {
  const type = fieldType(field)
  const problem = (message: string): FilterProblem => ({ message, from: comparison.field.from, to: comparison.field.to })
  const wrong = misfit(field, type, comparison)
  if (wrong) return problem(wrong)
  const tests = comparison.values.map((value) => testOf(field, type, comparison.operator, value))
  return (row, now) => {
    const actual = fieldValue(row, field, now)
    return tests.some((test) => test(actual))
  }
}

function testOf(field: Field, type: FieldType | 'any', operator: Operator, value: Value): (actual: FieldValue) => boolean {
  if (type === 'rank') return rankTest(operator, value.text)
  if (type === 'time') return timeTest(operator, parseTime(value.text) ?? { from: Number.NaN, to: Number.NaN })
  const number = type === 'duration' ? parseSpan(value.text) : value.quoted ? null : parseNumber(value.text)
  const part = operator === '~' || (operator === ':' && type === 'text')
  return valueTest(operator, { text: value.text, number, part, pattern: operator === ':' && !value.quoted && field.kind !== 'metric' })
}

function rankTest(operator: Operator, text: string): (actual: FieldValue) => boolean {
  const wanted = severityRank(text.toLowerCase())
  const tests: Record<Operator, (rank: number) => boolean> = {
    '<': (rank) => rank < wanted,
    '<=': (rank) => rank <= wanted,
    '>': (rank) => rank > wanted,
    '>=': (rank) => rank >= wanted,
    '=': (rank) => rank === wanted,
    ':': (rank) => rank === wanted,
    '~': (rank) => rank === wanted,
    '!=': (rank) => rank !== wanted,
  }
  return (actual) => actual !== undefined && tests[operator](severityRank(actual))
}

function timeTest(operator: Operator, range: { from: number; to: number }): (actual: FieldValue) => boolean {
  const inside = (at: number) => at >= range.from && at < range.to
  const tests: Record<Operator, (at: number) => boolean> = {
    '<': (at) => at < range.from,
    '<=': (at) => at < range.to,
    '>': (at) => at >= range.to,
    '>=': (at) => at >= range.from,
    '=': inside,
    ':': inside,
    '~': inside,
    '!=': (at) => !inside(at),
  }
  return (actual) => typeof actual === 'number' && tests[operator](actual)
}

/** Why this comparison can never mean anything; null when it can. */
function misfit(field: Field, type: FieldType | 'any', { field: name, operator, values }: Comparison): string | null {
  const ordering = operator === '<' || operator === '<=' || operator === '>' || operator === '>='
  for (const { text } of values) {
    if (type === 'time' && !parseTime(text))
      return `${name.raw} needs a date like 2026-03-05 or "2026-03-05 14:30"; for time since then write age < 2d`
    if (type === 'rank' && severityRank(text.toLowerCase()) < 0) return `${name.raw} is one of ${SEVERITY_RANKS.join(', ')}, got "${text}"`
    if (type === 'duration' && parseSpan(text) === null) return `${name.raw} needs a duration like 90s, 5m, 2h or 3d, got "${text}"`
    if (type === 'number' && operator !== '~' && parseNumber(text) === null && !text.includes('*')) return `${name.raw} is a number, got "${text}"`
    if (ordering && type === 'any' && parseNumber(text) === null) return `"${operator}" compares numbers, got "${text}"`
    if (ordering && (type === 'text' || type === 'choice' || type === 'list'))
      return `${name.raw} is text: use ${name.raw}:${text} or ${name.raw} = ${text}`
    if (field.kind === 'run' && field.name === 'status' && operator !== '~' && !matchesStatus(text))
      return `status is one of ${RUN_STATUSES.join(', ')}, got "${text}"`
  }
  return null
}

function matchesStatus(text: string): boolean {
  return text.includes('*') || RUN_STATUSES.some((status) => status === text.toLowerCase())
}
