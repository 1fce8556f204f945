import type { Aggregate } from '../../core/ablation/study.ts'
import { LossboardError } from '../../core/errors.ts'
import { describe } from '../../core/kinds/check.ts'
import { checkMetricName } from '../../core/metric-name.ts'
import { checkKeys } from '../check-keys.ts'

export function problem(text: string): LossboardError {
  return new LossboardError('invalid_option', `ablate: ${text}`)
}

export function checkCount(key: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value
  throw problem(`${key} must be a whole number from ${min} to ${max}, got ${describe(value)}`)
}

/** `5` is 0 to 4. */
export function checkSeeds(seeds: unknown): number[] {
  if (typeof seeds === 'number') return Array.from({ length: checkCount('seeds', seeds, 1, 1_000) }, (_, seed) => seed)
  if (!Array.isArray(seeds)) throw problem(`seeds must be whole numbers, [0, 1, 2], or how many, got ${describe(seeds)}`)
  if (seeds.length === 0) throw problem('seeds is empty: give at least one; differences can be tested from two on')
  const odd = seeds.find((seed) => !Number.isSafeInteger(seed))
  if (odd !== undefined) throw problem(`seeds must be whole numbers, got ${describe(odd)}`)
  const twice = seeds.find((seed, index) => seeds.indexOf(seed) !== index)
  if (twice !== undefined) throw problem(`seed ${twice} is given twice: the same seed again is no new evidence`)
  return [...(seeds as number[])]
}

const AGGREGATES: Record<Aggregate['kind'], string[]> = {
  last: ['kind'],
  best: ['kind'],
  'at-best': ['kind', 'metric', 'goal'],
  'mean-last': ['kind', 'count'],
}

export function checkAggregate(value: unknown, where: string): Aggregate {
  const kinds = Object.keys(AGGREGATES)
  const { kind, metric, goal, count } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof kind !== 'string' || !kinds.includes(kind))
    throw problem(`${where}.aggregate must be { kind } with kind ${kinds.join(', ')}, got ${describe(value)}`)
  checkKeys(`ablate: ${where}.aggregate`, value as object, AGGREGATES[kind as Aggregate['kind']])
  if (kind === 'at-best') {
    checkMetricName(metric)
    if (goal !== 'min' && goal !== 'max') throw problem(`${where}.aggregate needs goal, "min" or "max" of ${String(metric)}, got ${describe(goal)}`)
  }
  if (kind === 'mean-last') checkCount(`${where}.aggregate.count`, count, 1, 1_000_000)
  return value as Aggregate
}
