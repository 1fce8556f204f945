import type { z } from 'zod'
import { describe } from '../../../core/describe.ts'
import { nearMatches } from '../../../core/near-matches.ts'
import { isPlainObject } from '../../../core/plain-json.ts'
import type { JsonObject } from '../../../core/run.ts'
import { allPaths, keysAt, kindsAt } from './schema-keys.ts'

type Issue = z.core.$ZodIssue

/** Every problem as one line: the dotted path, what is wrong there, and what is allowed. */
export function describeIssues(issues: readonly Issue[], config: unknown, schema: JsonObject): string[] {
  return issues.flatMap((issue) => lines(issue, [], config, schema))
}

function lines(issue: Issue, base: readonly PropertyKey[], config: unknown, schema: JsonObject): string[] {
  const path = [...base, ...issue.path]
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${dotted([...path, key])}: ${unknownKey(key, path, config, schema)}`)
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = nearestBranch(issue.errors, valueAt(config, path))
    if (branch) return branch.flatMap((inner) => lines(inner, path, config, schema))
    const value = valueAt(config, path)
    const [near] = issue.errors.flat().flatMap((one) => nearestValue(one, value) || [])
    return [`${dotted(path)}: must be ${[...new Set(issue.errors.flat().map(allowed))].join(' or ')}, got ${describe(value)}${near ?? ''}`]
  }
  const value = valueAt(config, path)
  if (issue.code === 'custom') return [`${dotted(path)}: ${issue.message}`]
  const kinds = value === undefined ? kindsAt(schema, path) : []
  if (kinds.length > 0) return [`${dotted(path)}: missing: it needs a kind, one of ${kinds.join(', ')}`]
  const given = value === undefined ? 'missing: it' : ''
  const got = value === undefined ? '' : `, got ${describe(value)}`
  return [`${dotted(path)}: ${given ? `${given} ` : ''}must be ${allowed(issue)}${got}${nearestValue(issue, value)}`]
}

/** What the place takes, in words. */
function allowed(issue: Issue): string {
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_value') return oneOf(issue.values.map((value) => (typeof value === 'string' ? value : String(value))))
  if (issue.code === 'invalid_union' && 'options' in issue) return oneOf((issue.options as unknown[]).map(String))
  if (issue.code === 'too_small') return sized(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
  if (issue.code === 'too_big') return sized(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
  return issue.message.replace(/^Invalid[^:]*: (expected )?/, '')
}

const TYPES: Record<string, string> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
}

function sized(origin: string, how: string, limit: number | bigint): string {
  if (origin === 'string') return `a text of ${how} ${limit} characters`
  if (origin === 'array') return `a list of ${how} ${limit} items`
  return `a number, ${how} ${limit}`
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`
}

function nearestValue(issue: Issue, value: unknown): string {
  const known = issue.code === 'invalid_value' ? issue.values.map(String) : 'options' in issue ? (issue.options as unknown[]).map(String) : []
  const near = typeof value === 'string' ? nearMatches(value, known) : []
  const nearest = near.find((one) => one.startsWith(String(value))) ?? near[0]
  return nearest ? `: did you mean ${nearest}?` : ''
}

function unknownKey(key: string, path: readonly PropertyKey[], config: unknown, schema: JsonObject): string {
  const known = keysAt(schema, path, config)
  const [nearest] = nearMatches(key, known, 1)
  if (nearest) return `unknown key, did you mean ${dotted([...path, nearest])}?`
  // The right word in the wrong place, such as `lr` at the top.
  const elsewhere = allPaths(schema).filter((one) => one.split('.').at(-1) === key)
  if (elsewhere.length > 0 && elsewhere.length < 4) return `unknown key here, did you mean ${elsewhere.join(' or ')}?`
  const kind = kindAt(config, path)
  return `unknown key${kind ? ` of ${kind}` : ''}, there is ${known.join(', ')}`
}

function kindAt(config: unknown, path: readonly PropertyKey[]): string | null {
  const value = valueAt(config, path)
  return isPlainObject(value) && typeof value.kind === 'string' ? value.kind : null
}

/** The alternative that was meant: one that fails below its top, or takes this type of value. */
function nearestBranch(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | null {
  const inside = branches.filter((issues) => issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'))
  if (inside.length > 0) return inside.reduce((best, one) => (one.length < best.length ? one : best))
  const sameType = branches.filter((issues) => issues.every((issue) => issue.code === 'too_small' || issue.code === 'too_big'))
  return value !== undefined && sameType.length === 1 ? (sameType[0] ?? null) : null
}

function valueAt(config: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined),
    config,
  )
}

function dotted(path: readonly PropertyKey[]): string {
  return path.length === 0
    ? 'the config'
    : path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`)).join('')
}
