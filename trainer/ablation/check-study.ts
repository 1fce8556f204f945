import type { Aggregate } from '../../core/ablation/study.ts'
import { StudyProblem } from '../../core/ablation/study-problem.ts'
import { describe } from '../../core/kinds/check.ts'
import { checkMetricName } from '../../core/metric-name.ts'
import { nearMatches } from '../../core/near-matches.ts'

/** @param at keys of the declaration that lead to what is wrong */
export function problem(text: string, ...at: string[]): StudyProblem {
  return new StudyProblem(text, at)
}

/** A mistyped key must not be silently without effect. */
export function checkStudyKeys(given: object, keys: readonly string[], ...at: string[]): void {
  const odd = Object.keys(given).find((key) => !keys.includes(key))
  if (odd === undefined) return
  const [nearest] = nearMatches(odd, keys, 1)
  const where = at.length > 0 ? ` in ${at.join('.')}` : ''
  throw problem(`unknown key "${odd}"${where}: ${nearest ? `did you mean "${nearest}"?` : `the keys are ${keys.join(', ')}`}`, ...at, odd)
}

export function checkCount(key: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw problem(`${key} must be a whole number from ${min} to ${max}, got ${describe(value)}`, ...key.split('.'))
}

/** `5` is 0 to 4. */
export function checkSeeds(seeds: unknown): number[] {
  if (typeof seeds === 'number') return Array.from({ length: checkCount('seeds', seeds, 1, 1_000) }, (_, seed) => seed)
  if (!Array.isArray(seeds)) throw problem(`seeds must be whole numbers, [0, 1, 2], or how many, got ${describe(seeds)}`, 'seeds')
  if (seeds.length === 0) throw problem('seeds is empty: give at least one; differences can be tested from two on', 'seeds')
  const odd = seeds.find((seed) => !Number.isSafeInteger(seed))
  if (odd !== undefined) throw problem(`seeds must be whole numbers, got ${describe(odd)}`, 'seeds')
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) !== index)
  if (twice !== undefined) throw problem(`seed ${twice} is given twice: the same seed again is no new evidence`, 'seeds')
  return [...(seeds as number[])]
}

const AGGREGATES: Record<Aggregate['kind'], string[]> = {
  last: ['kind'],
  best: ['kind'],
  'at-best': ['kind', 'metric', 'goal'],
  'mean-last': ['kind', 'count'],
}

export function checkAggregate(value: unknown, metricName: string): Aggregate {
  const at = ['metrics', metricName, 'aggregate']
  const where = `metrics["${metricName}"]`
  const kinds = Object.keys(AGGREGATES)
  const { kind, metric, goal, count } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof kind !== 'string' || !kinds.includes(kind))
    throw problem(`${where}.aggregate must be { kind } with kind ${kinds.join(', ')}, got ${describe(value)}`, ...at)
  checkStudyKeys(value as object, AGGREGATES[kind as Aggregate['kind']], ...at)
  if (kind === 'at-best') {
    checkMetricName(metric)
    if (goal !== 'min' && goal !== 'max')
      throw problem(`${where}.aggregate needs goal, "min" or "max" of ${String(metric)}, got ${describe(goal)}`, ...at)
  }
  if (kind === 'mean-last' && !(typeof count === 'number' && Number.isInteger(count) && count >= 1))
    throw problem(`${where}.aggregate needs count, a whole number from 1, got ${describe(count)}`, ...at)
  return value as Aggregate
}
