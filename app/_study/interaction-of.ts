import type { StudyMetric } from '../../core/ablation/study.ts'
import type { FactorialResult } from '../../core/ablation/study-result.ts'
import { intervalAround } from '../../core/stats/summary.ts'
import { metricLabel } from '../../core/table/metric-column.ts'
import type { InteractionData, InteractionPoint } from '../_charts/interaction/interaction-data.ts'

/** All pairs of factors, the first along the axis. */
export function factorPairs({ factors }: FactorialResult): [number, number][] {
  return factors.flatMap((_, a) => factors.flatMap((__, b): [number, number][] => (b > a ? [[a, b]] : [])))
}

/** Last part of a dotted path, enough to name a factor where no other ends alike. */
export function factorName(path: string, all: readonly string[]): string {
  const last = path.split('.').at(-1) ?? path
  return all.filter((other) => other.split('.').at(-1) === last).length === 1 ? last : path
}

/** Means over two factors, averaged over the others; intervals from the pooled error of the whole design. */
export function interactionOf(
  factorial: FactorialResult,
  metric: StudyMetric,
  level: number,
  places: number,
  [a, b]: [number, number],
): InteractionData {
  const paths = factorial.factors.map(({ path }) => path)
  const name = (at: number) => factorName(paths[at] ?? '', paths)
  const [x, other] = [factorial.factors[a]!, factorial.factors[b]!]
  const pointAt = (high: boolean, otherHigh: boolean): InteractionPoint[] => {
    const corners = factorial.corners.filter(({ levels }) => levels[a] === high && levels[b] === otherHigh)
    if (corners.length === 0) return []
    const mean = corners.reduce((sum, corner) => sum + corner.mean, 0) / corners.length
    const runs = corners.reduce((sum, corner) => sum + corner.n, 0)
    const interval = intervalOf(factorial, corners, mean, level)
    return [{ level: high ? 'high' : 'low', mean, low: interval?.[0] ?? null, high: interval?.[1] ?? null, n: runs }]
  }
  const effect = factorial.effects.find(({ factors }) => factors.length === 2 && factors.includes(x.path) && factors.includes(other.path))
  return {
    title: `${metricLabel(metric)}: ${name(a)} × ${name(b)}`,
    metric: metricLabel(metric),
    unit: metric.unit,
    goal: metric.goal,
    level,
    places,
    x: { path: name(a), low: x.low, high: x.high },
    lines: [false, true].map((high) => ({
      label: `${name(b)} ${high ? other.high : other.low}`,
      points: [...pointAt(false, high), ...pointAt(true, high)],
    })),
    effect: effect
      ? {
          estimate: effect.estimate,
          p: effect.p.defined ? effect.p.value : null,
          aliases: effect.aliases.map(({ factors }) => factors.map((path) => factorName(path, paths)).join(' × ')),
        }
      : null,
    averagedOver: paths.filter((_, at) => at !== a && at !== b).map((path) => factorName(path, paths)),
  }
}

/** Variance of a mean of corner means: MSE Σ 1/n over the square of how many they are. */
function intervalOf({ mse }: FactorialResult, corners: FactorialResult['corners'], mean: number, level: number): [number, number] | null {
  if (!mse.defined) return null
  const se = Math.sqrt(mse.value * corners.reduce((sum, { n }) => sum + 1 / n, 0)) / corners.length
  const interval = intervalAround(mean, se, mse.df, level)
  return interval.defined ? [interval.low, interval.high] : null
}
