import type { Goal, SeriesSummary } from '../run.ts'
import { mean } from '../stats/descriptive.ts'
import type { RunValue } from './run-facts.ts'
import type { StudyMetric } from './study.ts'

/** All points of a series on its newest line (superseded ones left out), in order of steps. */
export interface SeriesPoints {
  steps: ArrayLike<number>
  values: ArrayLike<number>
}

/** What the aggregates read of one run. `points` is asked only for the series that `pointsNeeded` names. */
export interface RunSeries {
  summary(name: string): SeriesSummary | null
  points(name: string): SeriesPoints | null
}

/** Names of the series whose single points are needed; for the others a summary is enough. */
export function pointsNeeded(metrics: readonly StudyMetric[]): string[] {
  const names = metrics.flatMap(({ name, aggregate }) => {
    if (aggregate.kind === 'at-best') return [name, aggregate.metric]
    return aggregate.kind === 'mean-last' ? [name] : []
  })
  return [...new Set(names)]
}

/** The one number of a run that stands for a metric. NaN or infinite where it counts: no number, and why. */
export function aggregateRun(metric: StudyMetric, series: RunSeries): RunValue {
  const summary = series.summary(metric.name)
  if (summary === null || summary.n === 0) return { value: null, reason: 'no-series', note: `It has no ${metric.name}.` }
  const { aggregate, name } = metric
  if (aggregate.kind === 'last') return lastValue(summary)
  if (aggregate.kind === 'best') return bestValue(summary, metric.goal)
  const points = series.points(name)
  if (points === null || points.steps.length === 0) return { value: null, reason: 'no-series', note: `It has no points of ${name}.` }
  if (aggregate.kind === 'mean-last') return meanOfLast(name, points, aggregate.count)
  return atBest(name, points, aggregate.metric, series.points(aggregate.metric), aggregate.goal)
}

function lastValue({ name, last, lastStep }: SeriesSummary): RunValue {
  if (Number.isFinite(last)) return { value: last, step: lastStep, note: null }
  return { value: null, reason: 'not-finite', note: `Its last ${name} (step ${lastStep}) is ${last}: it diverged.` }
}

function bestValue({ name, min, max, minStep, maxStep, nonFinite, n }: SeriesSummary, goal: Goal): RunValue {
  const value = goal === 'min' ? min : max
  if (!Number.isFinite(value)) return { value: null, reason: 'not-finite', note: `None of its ${n} values of ${name} is finite: it diverged.` }
  const note = nonFinite === 0 ? null : `Best of ${n - nonFinite} values; ${nonFinite} more of ${name} are NaN or infinite.`
  return { value, step: goal === 'min' ? minStep : maxStep, note }
}

function meanOfLast(name: string, { steps, values }: SeriesPoints, count: number): RunValue {
  const from = Math.max(0, steps.length - count)
  const taken = Array.from(values).slice(from)
  const broken = taken.filter((value) => !Number.isFinite(value)).length
  if (broken > 0) return { value: null, reason: 'not-finite', note: `${broken} of the last ${taken.length} values of ${name} are NaN or infinite.` }
  return { value: mean(taken), step: null, note: taken.length < count ? `Mean of ${taken.length} values: there are no ${count} of ${name}.` : null }
}

/**
 * The value at the step where `selector` was best (first, when several times). Where the metric was not logged at that very step, a point
 * logged between the neighbouring evaluations of the selector still belongs to it; any other one would be another model's.
 */
function atBest(name: string, points: SeriesPoints, selector: string, selecting: SeriesPoints | null, goal: Goal): RunValue {
  let best = -1
  const n = selecting?.steps.length ?? 0
  for (let i = 0; i < n; i++) {
    const value = selecting!.values[i]!
    if (Number.isFinite(value) && (best < 0 || (goal === 'min' ? value < selecting!.values[best]! : value > selecting!.values[best]!))) best = i
  }
  if (best < 0)
    return n === 0
      ? { value: null, reason: 'no-series', note: `It has no ${selector} to choose the step by.` }
      : { value: null, reason: 'not-finite', note: `None of its ${n} values of ${selector} is finite: there is no best step.` }
  const wanted = selecting!.steps[best]!
  const after = best === 0 ? Number.NEGATIVE_INFINITY : selecting!.steps[best - 1]!
  const before = best === n - 1 ? Number.POSITIVE_INFINITY : selecting!.steps[best + 1]!
  let at = -1
  for (let i = 0; i < points.steps.length; i++) {
    const step = points.steps[i]!
    if (step > after && step < before && (at < 0 || Math.abs(step - wanted) < Math.abs(points.steps[at]! - wanted))) at = i
  }
  if (at < 0) return { value: null, reason: 'no-matching-step', note: `${name} was not logged with the best ${selector} (step ${wanted}).` }
  const step = points.steps[at]!
  const value = points.values[at]!
  if (!Number.isFinite(value))
    return { value: null, reason: 'not-finite', note: `Its ${name} at step ${step}, where ${selector} was best, is ${value}.` }
  return { value, step, note: step === wanted ? null : `${selector} was best at step ${wanted}; the ${name} logged with it is of step ${step}.` }
}
