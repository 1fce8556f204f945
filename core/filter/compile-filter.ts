import type { Field } from '../run-fields/field.ts'
import type { RunRow } from '../run-fields/run-row.ts'
import { compileComparison } from './compile-comparison.ts'
import type { Filter, FilterProblem } from './syntax.ts'
import { resolveField, type Vocabulary } from './vocabulary.ts'

export interface CompiledFilter {
  /** `now`: ms since epoch. */
  matches(row: RunRow, now: number): boolean
  /** Fields it reads: the metrics among them must be loaded. */
  fields: Field[]
  /** Names nothing has and values that fit no field. Such a comparison matches no run. */
  problems: FilterProblem[]
}

type Test = (row: RunRow, now: number) => boolean

/** Turns a parsed filter into a function. A comparison with a missing value is false, so `!=` and `not` include runs without it. */
export function compileFilter(filter: Filter | null, vocabulary: Vocabulary): CompiledFilter {
  const fields: Field[] = []
  const problems: FilterProblem[] = []

  function compile(part: Filter): Test {
    switch (part.kind) {
      case 'and': {
        const tests = part.parts.map(compile)
        return (row, now) => tests.every((test) => test(row, now))
      }
      case 'or': {
        const tests = part.parts.map(compile)
        return (row, now) => tests.some((test) => test(row, now))
      }
      case 'not': {
        const test = compile(part.part)
        return (row, now) => !test(row, now)
      }
      case 'word':
        return wordTest(part.text)
      case 'compare': {
        const field = resolveField(part.field, vocabulary)
        if ('unknown' in field) {
          problems.push({ message: field.unknown, from: part.field.from, to: part.field.to })
          return () => false
        }
        fields.push(field)
        const compiled = compileComparison(field, part)
        if (typeof compiled === 'function') return compiled
        problems.push(compiled)
        return () => false
      }
    }
  }

  return { matches: filter ? compile(filter) : () => true, fields, problems }
}

/** Looks where a person would look: name, number, tags, group, notes, and config as `key=value`. */
function wordTest(text: string): Test {
  const word = text.toLowerCase()
  const has = (candidate: string | null) => candidate?.toLowerCase().includes(word) ?? false
  return ({ run, config }) => {
    if (has(run.name) || has(`#${run.number}`) || has(run.group) || has(run.notes) || run.tags.some(has)) return true
    for (const [key, value] of config) if (has(`${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)) return true
    return false
  }
}
