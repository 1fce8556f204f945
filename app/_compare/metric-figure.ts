import type { MetricColumn } from '../../core/overview.ts'
import type { Goal } from '../../core/run.ts'

/** One number of a run's metric, with what is needed to judge it. */
export interface MetricFigure {
  value: number
  step: number
  goal: Goal | null
  /** NaN and ±Infinity among the points. */
  nonFinite: number
  /** Best was asked for, but no goal is known: this is the last value. */
  fellBack: boolean
}

/** Last or best value of `row`; null when the run has no point of it. Best without any finite value is the last one. */
export function metricFigure(column: MetricColumn, row: number, kind: 'last' | 'best', goal: Goal | null): MetricFigure | null {
  if (!(at(column.n, row) > 0)) return null
  const nonFinite = at(column.nonFinite, row)
  const last = { value: at(column.last, row), step: at(column.lastStep, row), goal, nonFinite }
  if (kind === 'last') return { ...last, fellBack: false }
  const [value, step] = goal === 'min' ? [column.min, column.minStep] : [column.max, column.maxStep]
  if (goal === null || Number.isNaN(at(value, row))) return { ...last, fellBack: true }
  return { value: at(value, row), step: at(step, row), goal, nonFinite, fellBack: false }
}

function at(values: Float64Array, row: number): number {
  return values[row] ?? Number.NaN
}
