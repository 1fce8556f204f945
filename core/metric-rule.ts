import { inferGoal } from './metric-name.ts'
import type { Goal, MetricRule } from './run.ts'

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name
  const parts = pattern.split('*')
  const head = parts[0]!
  const tail = parts[parts.length - 1]!
  if (!name.startsWith(head) || !name.endsWith(tail) || name.length < head.length + tail.length) return false
  let at = head.length
  const end = name.length - tail.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return at <= end
}

/** The rules for a metric, joined: an exact name wins over globs, a longer glob over a shorter one, field by field. */
export function ruleFor(rules: readonly MetricRule[], name: string): Omit<MetricRule, 'pattern'> {
  const fitting = rules.filter((rule) => matches(rule.pattern, name))
  const weight = (rule: MetricRule) => (rule.pattern.includes('*') ? rule.pattern.length : Number.POSITIVE_INFINITY)
  fitting.sort((a, b) => weight(b) - weight(a))
  const joined: Omit<MetricRule, 'pattern'> = {}
  for (const rule of fitting) {
    joined.step ??= rule.step
    joined.goal ??= rule.goal
    joined.unit ??= rule.unit
  }
  return joined
}

/** Goal set by a rule, else read off the name, else null. */
export function goalFor(rules: readonly MetricRule[], name: string): Goal | null {
  return ruleFor(rules, name).goal ?? inferGoal(name)
}
