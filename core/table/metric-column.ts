import type { StudyMetric } from '../ablation/study.ts'
import type { CellSummary, StudyResult } from '../ablation/study-result.ts'
import type { TableSettings } from '../ablation/table-settings.ts'
import { toDecimals, uncertaintyPlaces } from './decimal.ts'

/** How the numbers of one metric are printed. */
export interface MetricScale {
  /** Fractions shown as percent are multiplied by 10². */
  power: 0 | 2
  /** Decimals, the same for the whole column so that points align. */
  places: number
}

const PERCENT_PLACES = 2
const MOST_PLACES = 8

export function metricScale(metric: StudyMetric, result: StudyResult, shown: ReadonlySet<string>, settings: TableSettings): MetricScale {
  const power = metric.unit === '%' ? 2 : 0
  if (metric.digits !== 'uncertainty') return { power, places: metric.digits }
  const summaries = result.cells.flatMap(({ metric: name, variant, summary }) =>
    name === metric.name && shown.has(variant) && summary.defined ? [summary] : [],
  )
  const places = summaries
    .flatMap((summary) => uncertaintyPlaces(uncertainty(summary, settings) ?? 0, settings.uncertaintyFigures, power) ?? [])
    .sort((a, b) => a - b)
  // The middle one: a single tiny spread must not give every row digits that mean nothing.
  const middle = places[Math.floor(places.length / 2)]
  if (middle === undefined) return { power, places: Math.min(MOST_PLACES, withoutSpread(summaries, power)) }
  // Up to two decimals more where a spread would otherwise print as ± 0, as if the seeds agreed.
  const vanishes = (places: number) =>
    summaries.some((summary) => {
      const spread = uncertainty(summary, settings) ?? 0
      return spread > 0 && Number(toDecimals(spread, places, power)) === 0
    })
  const more = [0, 1].find((extra) => !vanishes(middle + extra)) ?? 2
  return { power, places: Math.min(MOST_PLACES, middle + more) }
}

/** The uncertainty that digits go by: what is shown after ±, or half the interval; the sd where no spread is shown. */
function uncertainty(summary: CellSummary, { spread }: TableSettings): number | null {
  if (spread === 'min-max') return summary.n > 1 ? (summary.max - summary.min) / 2 : null
  const interval = spread === 'ci' ? summary.ci : spread === 'bootstrap' ? summary.bootstrap : null
  if (interval) return interval.defined ? (interval.high - interval.low) / 2 : null
  const figure = spread === 'se' ? summary.se : summary.sd
  return figure.defined ? figure.value : null
}

/** No spread says how many digits mean something: two decimals of a percentage, else four significant digits of the largest mean. */
function withoutSpread(summaries: CellSummary[], power: number): number {
  if (power === 2) return PERCENT_PLACES
  const largest = Math.max(0, ...summaries.map(({ mean }) => Math.abs(mean)))
  return largest > 0 ? Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(largest)))) : 2
}

/** `test/accuracy` → `Test accuracy`, with the words that are written in their own way. */
export function metricLabel({ label, name }: Pick<StudyMetric, 'label' | 'name'>): string {
  if (label !== null) return label
  const words = name
    .replace(/[/_-]+/g, ' ')
    .replace(/\bf1\b/gi, 'F1')
    .replace(/\b(auc|map|bleu|iou|mae|mse|rmse|psnr|ssim|fid)\b/gi, (word) => word.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `Test accuracy (%) ↑` */
export function metricHeading(metric: StudyMetric): string {
  return `${metricLabel(metric)}${metric.unit ? ` (${metric.unit})` : ''} ${metric.goal === 'max' ? '↑' : '↓'}`
}
