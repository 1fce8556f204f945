import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'
import { checkMetricName } from '../core/metric-name.ts'
import type { MetricRule } from '../core/run.ts'
import { checkKeys } from './check-keys.ts'

const KEYS = ['step', 'goal', 'unit']
const UNIT_MAX = 40

/** The rule of a `defineMetric` call, checked. */
export function checkRule(pattern: unknown, rule: unknown): MetricRule {
  const problem = (text: string) => new LossboardError('invalid_option', `defineMetric: ${text}`)
  if (typeof pattern !== 'string') throw problem(`the pattern must be a metric name or a glob with *, got ${describe(pattern)}`)
  // A star stands for any characters of a name.
  checkMetricName(pattern.replaceAll('*', 'x'))
  if (typeof rule !== 'object' || rule === null) throw problem(`give { step, goal, unit }, got ${describe(rule)}`)
  const { step, goal, unit } = rule as Record<string, unknown>
  checkKeys('defineMetric', rule, KEYS)
  if (step !== undefined) checkMetricName(step)
  if (goal !== undefined && goal !== 'min' && goal !== 'max') throw problem(`goal must be "min" or "max", got ${describe(goal)}`)
  if (unit !== undefined && (typeof unit !== 'string' || unit.length > UNIT_MAX))
    throw problem(`unit must be a text of at most ${UNIT_MAX} characters, got ${describe(unit)}`)
  return { pattern, ...(step !== undefined && { step: step as string }), ...(goal !== undefined && { goal }), ...(unit !== undefined && { unit }) }
}
